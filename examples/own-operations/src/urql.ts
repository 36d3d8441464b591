import { Client, fetchExchange } from "@urql/core";
import { FindDocument } from "./generated/operations.js";
import { show, url, words } from "./show.js";

const client = new Client({ url: `${url}/graphql`, preferGetMethod: false, exchanges: [fetchExchange] });
const { data, error } = await client.query(FindDocument, { words });
if (!data) throw error;
show(data);
