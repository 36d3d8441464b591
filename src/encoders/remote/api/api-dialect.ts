import type { RemoteProtocol } from "../remote-address";

/** What an API is asked for in one request: texts, or PNG files in base64. */
export interface ApiInputs {
  readonly kind: "texts" | "pictures";
  readonly inputs: readonly string[];
}

export interface ApiDialect {
  /** What one request carries at most; 0 pictures: the API takes none. */
  readonly most: { readonly texts: number; readonly pictures: number };
  /** The fields of a request's body that tell what is to be encoded. */
  body(asked: ApiInputs): object;
}

const MOST_TEXTS = 64;
/** Of 384 px, not compressed, four megabytes. */
const MOST_PICTURES = 8;

const dataUrl = (png: string): string => `data:image/png;base64,${png}`;
/** Servers like OpenAI's refuse texts without a character. */
const some = (text: string): string => (text === "" ? " " : text);

/** https://api.jina.ai/openapi.json; "base64" is little-endian 32-bit floats. */
const JINA: ApiDialect = {
  most: { texts: MOST_TEXTS, pictures: MOST_PICTURES },
  body: ({ kind, inputs }) => ({
    input: inputs.map((one) => (kind === "texts" ? { text: some(one) } : { image: one })),
    embedding_type: "base64",
    normalized: true,
  }),
};

/** https://platform.openai.com/docs/api-reference/embeddings */
const OPENAI: ApiDialect = {
  most: { texts: MOST_TEXTS, pictures: 0 },
  body: ({ inputs }) => ({ input: inputs.map(some), encoding_format: "base64" }),
};

/** OpenAI's with a field for what the inputs are: https://github.com/michaelfeil/infinity */
const INFINITY: ApiDialect = {
  most: { texts: MOST_TEXTS, pictures: MOST_PICTURES },
  body: ({ kind, inputs }) => ({
    input: inputs.map((one) => (kind === "texts" ? some(one) : dataUrl(one))),
    modality: kind === "texts" ? "text" : "image",
    encoding_format: "base64",
  }),
};

/** OpenAI's, with a picture as a message of a chat, one a request: https://docs.vllm.ai/en/latest/features/multimodal_inputs.html */
const VLLM: ApiDialect = {
  most: { texts: MOST_TEXTS, pictures: 1 },
  body: (asked) =>
    asked.kind === "texts"
      ? OPENAI.body(asked)
      : {
          messages: [
            {
              role: "user",
              content: asked.inputs.map((png) => ({ type: "image_url", image_url: { url: dataUrl(png) } })),
            },
          ],
          encoding_format: "base64",
        },
};

export const API_DIALECTS: Readonly<Record<Exclude<RemoteProtocol, "parallax">, ApiDialect>> = {
  jina: JINA,
  openai: OPENAI,
  infinity: INFINITY,
  vllm: VLLM,
};
