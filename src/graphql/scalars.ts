import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { registerEnumType } from "type-graphql";
import type { Modality } from "../documents/document";
import type { ThumbnailType } from "../documents/thumbnail";
import type { Ranking } from "../search/ranking/ranking";

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));

function toScalar(value: unknown): string | number | boolean {
  if (isScalar(value)) return value;
  throw new GraphQLError("A JSONScalar is a string, a number or a boolean.");
}

function fromLiteral(node: ValueNode): string | number | boolean {
  if (node.kind === Kind.STRING || node.kind === Kind.BOOLEAN) return node.value;
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return toScalar(Number(node.value));
  throw new GraphQLError("A JSONScalar is a string, a number or a boolean.");
}

export const JSONScalar = new GraphQLScalarType<string | number | boolean>({
  name: "JSONScalar",
  description: "A string, number or boolean.",
  serialize: toScalar,
  parseValue: toScalar,
  parseLiteral: fromLiteral,
});

/** Name in the schema -> value in the program. */
export const ModalityEnum = { TEXT: "text", IMAGE: "image" } as const satisfies Record<string, Modality>;
registerEnumType(ModalityEnum, {
  name: "Modality",
  description: "What a document is.",
  valuesConfig: { TEXT: { description: "A text." }, IMAGE: { description: "A picture." } },
});

export const RankingEnum = {
  CALIBRATED: "calibrated",
  RRF: "rrf",
  INTERLEAVED: "interleaved",
  COSINE: "cosine",
} as const satisfies Record<string, Ranking>;
registerEnumType(RankingEnum, {
  name: "Ranking",
  description: "How texts and pictures get into one list.",
  valuesConfig: {
    CALIBRATED: { description: "Modality gap removed and spreads made equal: scores of texts and pictures compare." },
    RRF: { description: "Reciprocal rank fusion of the two modalities." },
    INTERLEAVED: { description: "text, image, text, …" },
    COSINE: { description: "The model's cosine, as in a plain CLIP search; buries pictures under texts." },
  },
});

export const ThumbnailFormatEnum = { WEBP: "image/webp", AVIF: "image/avif" } as const satisfies Record<
  string,
  ThumbnailType
>;
registerEnumType(ThumbnailFormatEnum, {
  name: "ThumbnailFormat",
  description: "How a thumbnail is written.",
  valuesConfig: {
    WEBP: { description: "Shown by every browser." },
    AVIF: { description: "Smaller; takes longer to make when it is first asked for." },
  },
});
