import "reflect-metadata";
import { isInputObjectType, printSchema, type GraphQLSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { CollectionResolver } from "./collection/collection.resolver";
import { DocumentResolver } from "./documents/document.resolver";
import { IngestResolver } from "./ingestion/ingest.resolver";
import { IngestionFieldsResolver } from "./ingestion/ingestion-fields.resolver";
import { IngestionResolver } from "./ingestion/ingestion.resolver";
import { ModalityGapResolver, ProjectedDocumentResolver } from "./collection/modality-gap.resolver";
import { makeNullAbsent } from "./null-is-absent";
import { NearDuplicateResolver } from "./documents/near-duplicate.resolver";
import { NodeResolver } from "./node.resolver";
import { PdfPageResolver } from "./documents/pdf-page.resolver";
import { DuplicateResolver, IngestedResolver } from "./ingestion/result-document.resolver";
import { HitResolver } from "./search/hit.resolver";
import { SearchResolver } from "./search/search.resolver";
import { TextHitResolver } from "./search/text-hit.resolver";
import { TruncatedTextsResolver } from "./collection/truncated-texts.resolver";
import { takeTurns } from "./execution/turns";
import { UploadResolver } from "./uploads/upload.resolver";
import { AnswerResolver } from "./answers/answer.resolver";

/** Inputs of which exactly one field is given. type-graphql has no word for it, graphql-js prints and enforces it. */
const ONE_OF = [
  "DeleteDocumentsInput",
  "DocumentFilter",
  "IdFilter",
  "ImageQuery",
  "ImageSource",
  "KeyFilter",
  "MetadataComparison",
  "PdfSource",
  "QueryContent",
];

const noTopics = (): never => {
  throw new TypeError("Subscriptions name their source themselves");
};

/** type-graphql wants one as soon as there is a subscription, also where each has a source of its own. */
const PUB_SUB = { publish: noTopics, subscribe: noTopics };

/** The public contract, from its decorated classes. */
export function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AnswerResolver,
      CollectionResolver,
      DocumentResolver,
      DuplicateResolver,
      HitResolver,
      IngestedResolver,
      IngestionFieldsResolver,
      IngestionResolver,
      IngestResolver,
      ModalityGapResolver,
      NearDuplicateResolver,
      NodeResolver,
      PdfPageResolver,
      ProjectedDocumentResolver,
      SearchResolver,
      TextHitResolver,
      TruncatedTextsResolver,
      UploadResolver,
    ],
    pubSub: PUB_SUB,
    // Inputs are checked where they are read, with messages and codes of our own.
    validate: false,
    // An introspection of all of it at each start, in place of a test.
    skipCheck: true,
  });
  for (const name of ONE_OF) {
    const type = schema.getType(name);
    if (!isInputObjectType(type)) throw new TypeError(`${name} is no input type`);
    type.isOneOf = true;
  }
  makeNullAbsent(schema);
  takeTurns(schema);
  return schema;
}

/** The contract as SDL: what schema/schema.graphql holds. */
export const printContract = (): string =>
  `# Generated from src/graphql by \`npm run generate\`; change the classes, not this file.\n\n${printSchema(buildSchema())}\n`;
