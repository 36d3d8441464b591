import { serverAudits } from "graphql-http";
import { startTestServer, type TestServer } from "../support/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.remove());

/** What Apollo Server does otherwise than the GraphQL-over-HTTP draft recommends, and why it stays. */
const EXPLAINED: Readonly<Record<string, string>> = {
  // MAY: a GET without a header that forces a preflight is what a hostile page can send; Apollo's CSRF prevention refuses it.
  "5A70": "GET with form-urlencoded content type",
  D6D5: "GET with variables, application/graphql-response+json",
  "6A70": "GET with variables, application/json",
  // SHOULD: Apollo answers 400 to what never ran, whichever of the two media types is accepted.
  "572B": "200 for a document that does not parse",
  FDE2: "200 for a document that is not valid",
  "7B9B": "200 for variables that cannot be coerced",
};

it("answers GraphQL over HTTP as the specification says", async () => {
  const audits = serverAudits({ url: `${server.url}/graphql`, fetchFn: fetch });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const short = results.filter(({ status }) => status !== "ok");
  expect(short.filter(({ status }) => status === "error")).toEqual([]);
  expect(short.map(({ id }) => id).sort()).toEqual(Object.keys(EXPLAINED).sort());
});
