import { AppError, type Outcome, failed, succeeded, toAppError } from "../../errors";
import type { Document, EmbeddedDocument } from "../../documents/document";
import { type Encoder, picturesUnsupported } from "../../ports/encoder";
import type { DecodedImage, ImageDecoder } from "../../ports/image-decoder";
import type { MediaStore } from "../../ports/media-store";
import { embedTexts } from "../passages/embed-texts";
import type { PassageSize } from "../passages/split-text";
import type { Draft } from "./draft";
import type { ImageDraft } from "./image-draft";
import type { TextDraft } from "./text-draft";

export interface CompletionParts {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly media: MediaStore;
  /** Of long texts; null: as much of a text counts as the model reads. */
  readonly passages: PassageSize | null;
  /** Told of documents that come to nothing though their pictures are kept. */
  readonly onLeft: (documents: readonly Document[]) => void;
}

/** Turns drafts of content that is not stored yet into documents: decodes, encodes, keeps pictures. Keeps order and length. */
export async function completeDrafts(
  parts: CompletionParts,
  drafts: readonly Draft[],
): Promise<Outcome<EmbeddedDocument>[]> {
  const texts = drafts.filter((draft) => draft.modality === "text");
  const images = drafts.filter((draft) => draft.modality === "image");
  const completing = [completeTexts(parts, texts), completeImages(parts, images)] as const;
  // Where texts fail, pictures are still being kept: only when that is over is it known what has come to nothing.
  await Promise.allSettled(completing);
  const [ofTexts, ofImages] = await Promise.all(completing);
  const [nextText, nextImage] = [ofTexts.values(), ofImages.values()];
  return drafts.map(({ modality }) => (modality === "text" ? nextText : nextImage).next().value!);
}

/** Long texts come one after another in passages, which fill batches by themselves. */
async function completeTexts(
  { encoder, passages: size }: CompletionParts,
  drafts: readonly TextDraft[],
): Promise<Outcome<EmbeddedDocument>[]> {
  const texts = drafts.map(({ text }) => text);
  const embedded = await embedTexts(texts, size, encoder);
  return embedded.map((one, i) => (one.ok ? succeeded(drafts[i]!.complete(one.value)) : one));
}

/** Pictures are kept while they are encoded: a slow disk or bucket costs little time of its own. */
async function completeImages(
  { encoder, decoder, media, onLeft }: CompletionParts,
  drafts: readonly ImageDraft[],
): Promise<Outcome<EmbeddedDocument>[]> {
  const { picture } = encoder;
  if (picture === null) return drafts.map(() => failed(picturesUnsupported(encoder)));
  const decoded = await decoder.decode(
    drafts.map(({ bytes }) => bytes),
    picture,
  );
  const readable = decoded.flatMap((one, i) => (one.ok ? [{ draft: drafts[i]!, image: one.value }] : []));
  const keeping = Promise.all(readable.map(({ draft, image }) => keep(media, draft, image)));
  const [encoding] = await Promise.allSettled([
    encoder.encodeImages(
      readable.map(({ image }) => image.pixels),
      "document",
    ),
    keeping,
  ]);
  const kept = await keeping;
  const embeddings = encoding.status === "fulfilled" ? encoding.value : readable.map(() => failed(unencoded));
  const completed = readable.map(({ draft, image }, i): Outcome<EmbeddedDocument> => {
    const [embedding, file] = [embeddings[i]!, kept[i]!];
    if (!embedding.ok) return embedding;
    return file.ok ? succeeded(draft.complete(image, embedding.value.vector)) : file;
  });
  onLeft(
    readable.filter((_, i) => !completed[i]!.ok).map(({ draft, image }) => draft.complete(image, NO_VECTOR).document),
  );
  if (encoding.status === "rejected") throw encoding.reason;
  const next = completed.values();
  return decoded.map((one) => (one.ok ? next.next().value! : one));
}

const NO_VECTOR = new Float32Array(0);
const unencoded = new AppError("INTERNAL_SERVER_ERROR", "The picture was not encoded.");

/** Keeps the cleaned copy before the document exists, so that no document ever lacks its picture. */
async function keep(
  media: MediaStore,
  { tenant, contentHash }: ImageDraft,
  image: DecodedImage,
): Promise<Outcome<DecodedImage>> {
  try {
    await media.put({ kind: "picture", tenant, contentHash, mediaType: image.mediaType }, image.cleaned);
    return succeeded(image);
  } catch (thrown) {
    return failed(toAppError(thrown, "STORE_UNAVAILABLE", "The picture could not be kept. Try again later."));
  }
}
