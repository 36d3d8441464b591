import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { possibleTypes } from "parallax-search-schema";
import { FindDocument } from "./generated/operations.js";
import { show, url, words } from "./show.js";

const link = new HttpLink({ uri: `${url}/graphql` });
const client = new ApolloClient({ link, cache: new InMemoryCache({ possibleTypes }) });
const { data } = await client.query({ query: FindDocument, variables: { words } });
if (!data) throw new Error("The server answered without data.");
show(data);
