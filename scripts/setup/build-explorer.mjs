import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rootFolder } from "./folders.mjs";

const require = createRequire(import.meta.url);

/** Writes GraphiQL, as one page that needs no internet, into the compiled server in `dist`: a tab for each sample operation. */
export async function buildExplorer(dist) {
  const { renderGraphiQL } = require("@graphql-yoga/render-graphiql");
  const { readSampleOperations } = require(join(dist, "graphql/contract/sample-operations.js"));
  const operations = await readSampleOperations(join(rootFolder, "schema/operations"));
  const page = renderGraphiQL({
    title: "Parallax · GraphiQL",
    endpoint: "/graphql",
    subscriptionsProtocol: "WS",
    defaultTabs: operations.map((query) => ({ query })),
  });
  writeFileSync(join(dist, "http/graphiql.html.gz"), gzipSync(page, { level: 9 }));
}
