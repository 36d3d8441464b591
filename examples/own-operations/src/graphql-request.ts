import { GraphQLClient } from "graphql-request";
import { FindDocument } from "./generated/operations.js";
import { show, url, words } from "./show.js";

show(await new GraphQLClient(`${url}/graphql`).request(FindDocument, { words }));
