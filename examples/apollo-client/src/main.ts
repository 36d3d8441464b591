import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { possibleTypes, SearchByTextDocument, type SearchHitFieldsFragment } from "parallax-search-schema";

const [url = "http://127.0.0.1:4000", words = "red cats"] = process.argv.slice(2);
const client = new ApolloClient({
  link: new HttpLink({ uri: `${url}/graphql` }),
  // Without possibleTypes the cache drops what fragments on unions and interfaces ask for.
  cache: new InMemoryCache({ possibleTypes }),
});

/** A kind of hit that is forgotten here does not compile. */
function describe(hit: SearchHitFieldsFragment): string {
  switch (hit.__typename) {
    case "TextHit":
      return `text   ${hit.document.text}`;
    case "ImageHit":
      return `image  ${hit.document.caption ?? ""} ${hit.document.url}`;
  }
}

async function fetchPage(after: string | null) {
  const variables = { input: { text: words }, first: 3, after };
  const { data } = await client.query({ query: SearchByTextDocument, variables });
  if (!data) throw new Error("The server answered without data.");
  return data.searchByText;
}

let after: string | null = null;
for (let page = 1; page <= 2; page++) {
  const { nodes, pageInfo } = await fetchPage(after);
  for (const hit of nodes) console.log(`${hit.rank}. ${describe(hit)}`);
  if (!pageInfo.hasNextPage) break;
  after = pageInfo.endCursor;
}
client.stop();
