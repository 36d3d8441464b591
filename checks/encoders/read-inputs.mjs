import { pictureVector, vectorOf } from "./vectors.mjs";

const DATA_URL = /^data:image\/png;base64,/;
const bytesOf = (base64) => Buffer.from(base64.replace(DATA_URL, ""), "base64");

/** What each API takes for a text and a picture; throws for everything else. */
const READERS = {
  jina: ({ input }) =>
    input.map((one) => (typeof one.text === "string" ? { text: one.text } : { png: bytesOf(one.image) })),
  openai: ({ input }) => input.map((text) => ({ text: wanted(text, typeof text === "string" && text !== "") })),
  infinity: ({ input, modality }) =>
    input.map((one) => (modality === "image" ? { png: bytesOf(wanted(one, DATA_URL.test(one))) } : { text: one })),
  vllm: ({ input, messages }) =>
    messages === undefined
      ? input.map((text) => ({ text }))
      : [
          {
            png: bytesOf(
              wanted(messages[0].content[0].image_url.url, messages.length === 1 && messages[0].content.length === 1),
            ),
          },
        ],
};

function wanted(value, isRight) {
  if (isRight) return value;
  throw new Error(`this is not taken: ${String(value).slice(0, 40)}`);
}

/** The inputs of a request's body. */
export const readInputs = (protocol, body) => READERS[protocol](body);

/** Their vectors. A picture is decoded: what is no whole PNG throws. */
export const vectorsFor = (inputs, dimension) =>
  Promise.all(
    inputs.map(async ({ text, png }) =>
      png === undefined ? vectorOf(Buffer.from(text), dimension) : pictureVector(png, dimension),
    ),
  );
