import { setTimeout as pause } from "node:timers/promises";
import { isNullableType } from "graphql";
import { ERROR_CODES } from "../../src/error-codes";
import { buildSchema } from "../../src/graphql/schema";
import { plainBase64 } from "../support/pictures";
import { ABSENT, askByLiteral, askByVariable, type Request, type RightValues } from "../support/schema/ask-at-place";
import { placesOf, type Place } from "../support/schema/places";
import { wrongValues } from "../support/schema/wrong-values";
import { startTestServer, type TestServer } from "../support/server";

const schema = buildSchema();
const places = placesOf(schema);
const FAULTS = ["INTERNAL_SERVER_ERROR", "STORE_FAILED", "ENCODER_FAILED"];
const KNOWN = new Set([...Object.keys(ERROR_CODES), "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"]);

let server: TestServer;
let right: RightValues;

beforeAll(async () => {
  // Thousands of refusals, of whose stacks jest would look every line up in the sources: minutes.
  Error.stackTraceLimit = 0;
  server = await startTestServer();
  const base64 = await plainBase64([225, 35, 35]);
  const stored = await server.ask<{ a: Stored; startIngestion: { id: string } }, object>(
    `mutation ($image: ImageSource!) {
      a: ingestTexts(input: [{ text: "A red cat" }]) { results { ... on Ingested { documentId } } }
      b: ingestImages(input: [{ image: $image, key: "cat" }]) { results { ... on Ingested { documentId } } }
      startIngestion(input: { requestId: "x", texts: [{ text: "A blue dog" }] }) { id }
    }`,
    { image: { base64 } },
  );
  const [{ documentId }] = stored.data.a.results;
  right = {
    String: "x",
    ID: documentId,
    "Query.ingestion(id)": stored.data.startIngestion.id,
    "Subscription.ingestionProgress(id)": stored.data.startIngestion.id,
    Int: 1,
    Float: 0.5,
    Boolean: true,
    Modality: "TEXT",
    DocumentFilter: { key: { in: ["nobody"] } },
    MetadataComparison: { equals: 1 },
    QueryContent: { text: "x" },
    ImageQuery: { base64 },
    ImageSource: { base64 },
    DeleteDocumentsInput: { keys: ["nobody"] },
  };
});
afterAll(() => server.remove());

interface Stored {
  readonly results: [{ documentId: string }];
}

/** The codes of everything that went wrong. */
async function codesOf(place: Place, { query, variables }: Request): Promise<string[]> {
  const path = place.operation === "subscription" ? "/graphql/stream" : "/graphql";
  const response = await fetch(server.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.text();
  return [...answer.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code!);
}

const cases = places.map((place) => [place.name, place] as const);

describe("every argument and input field", () => {
  it("is found: those of roots, of nested fields, and within inputs", () => {
    const names = places.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        "Query.documents(first)",
        "Query.search(input.parts.weight)",
        "ImageDocument.thumbnailUrl(width)",
        "Mutation.deleteDocuments(input.where.createdAt.from)",
        "Subscription.ingestionProgress(id)",
      ]),
    );
    expect(names.length).toBeGreaterThan(80);
  });

  it.each(cases)("%s answers any value with a result or with what is wrong with it", async (_, place) => {
    const requests = wrongValues(place.type).flatMap((value) => [
      askByVariable(place, value, right),
      askByLiteral(place, value, right),
    ]);
    const found = await Promise.all(
      requests.map(async (request) => {
        const codes = await codesOf(place, request);
        const wrong = codes.filter((code) => FAULTS.includes(code) || !KNOWN.has(code));
        return wrong.map((code) => `${code}: ${JSON.stringify(request).slice(0, 300)}`);
      }),
    );
    expect(found.flat()).toEqual([]);
  });

  const optional = cases.filter(([, { type, argument, within }]) => {
    const { defaultValue } = within.at(-1) ?? argument;
    return (isNullableType(type) || defaultValue !== undefined) && !isOneOf(within.length, argument, within);
  });

  it.each(optional)("%s takes null for nothing", async (_, place) => {
    for (const ask of [askByVariable, askByLiteral]) {
      const absent = await codesOf(place, ask(place, ABSENT, right));
      expect(await codesOf(place, ask(place, null, right))).toEqual(absent);
    }
  });

  it("ends no item of an ingestion as a fault of the server's", async () => {
    const asked = `{ ingestions(first: 100) { state latestFailures(first: 100) { outcome { ... on IngestFailure { code } } } } }`;
    let answer = JSON.stringify(await server.ask(asked));
    while (/"(QUEUED|RUNNING)"/.test(answer)) {
      await pause(100);
      answer = JSON.stringify(await server.ask(asked));
    }
    const codes = [...answer.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => FAULTS.includes(code))).toEqual([]);
  });
});

/** Of these exactly one field is given, so that a null is one field too many. */
function isOneOf(depth: number, argument: Place["argument"], within: Place["within"]): boolean {
  if (depth === 0) return false;
  const parent = depth === 1 ? argument.type : within[depth - 2]!.type;
  const named = schema.getType(String(parent).replace(/[[\]!]/g, ""));
  return named !== undefined && "isOneOf" in named && named.isOneOf;
}
