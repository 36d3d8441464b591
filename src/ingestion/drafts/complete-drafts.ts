import { failed, succeeded, toAppError, type Outcome } from "../../errors";
import type { EmbeddedDocument } from "../../documents/document";
import { picturesUnsupported, type Encoder } from "../../ports/encoder";
import type { DecodedImage, ImageDecoder } from "../../ports/image-decoder";
import type { MediaStore } from "../../ports/media-store";
import type { Draft } from "./draft";
import type { ImageDraft } from "./image-draft";
import type { TextDraft } from "./text-draft";

export interface CompletionParts {
  readonly encoder: Encoder;
  readonly decoder: ImageDecoder;
  readonly media: MediaStore;
}

/** Turns drafts of content that is not stored yet into documents: decodes, encodes, keeps pictures. Keeps order and length. */
export async function completeDrafts(
  parts: CompletionParts,
  drafts: readonly Draft[],
): Promise<Outcome<EmbeddedDocument>[]> {
  const texts = drafts.filter((draft) => draft.modality === "text");
  const images = drafts.filter((draft) => draft.modality === "image");
  const [ofTexts, ofImages] = await Promise.all([completeTexts(parts, texts), completeImages(parts, images)]);
  const [nextText, nextImage] = [ofTexts.values(), ofImages.values()];
  return drafts.map(({ modality }) => (modality === "text" ? nextText : nextImage).next().value!);
}

async function completeTexts(
  { encoder }: CompletionParts,
  drafts: readonly TextDraft[],
): Promise<Outcome<EmbeddedDocument>[]> {
  const embeddings = await encoder.encodeTexts(
    drafts.map(({ text }) => text),
    "document",
  );
  return embeddings.map((one, i) => (one.ok ? succeeded(drafts[i]!.complete(one.value)) : one));
}

async function completeImages(
  { encoder, decoder, media }: CompletionParts,
  drafts: readonly ImageDraft[],
): Promise<Outcome<EmbeddedDocument>[]> {
  const { picture } = encoder;
  if (picture === null) return drafts.map(() => failed(picturesUnsupported(encoder)));
  const decoded = await decoder.decode(
    drafts.map(({ bytes }) => bytes),
    picture,
  );
  const readable = decoded.flatMap((one) => (one.ok ? [one.value.pixels] : []));
  const embeddings = (await encoder.encodeImages(readable, "document")).values();
  const encoded = decoded.map((one) => {
    if (!one.ok) return one;
    const embedding = embeddings.next().value!;
    return embedding.ok ? succeeded({ image: one.value, vector: embedding.value.vector }) : embedding;
  });
  return Promise.all(
    encoded.map(async (one, i) => {
      if (!one.ok) return one;
      const kept = await keep(media, drafts[i]!, one.value.image);
      return kept.ok ? succeeded(drafts[i]!.complete(kept.value, one.value.vector)) : kept;
    }),
  );
}

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
