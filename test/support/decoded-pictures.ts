import type { Outcome } from "../../src/errors";
import type { DecodedImage, ImageDecoder } from "../../src/ports/image-decoder";
import { coverShape } from "./pictures";

/** One picture at a time through a decoder that starts later: what became of it, and single pixels of what came out. */
export function pictureAsker(decoder: () => ImageDecoder, side: number) {
  const decodeOne = async (file: Uint8Array): Promise<Outcome<DecodedImage>> =>
    (await decoder().decode([file], coverShape(side)))[0]!;

  const decoded = async (file: Uint8Array): Promise<DecodedImage> => {
    const outcome = await decodeOne(file);
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  };

  const refusal = async (file: Uint8Array): Promise<{ code: string; message: string }> => {
    const outcome = await decodeOne(file);
    if (outcome.ok) throw new Error("The picture was decoded.");
    return outcome.error;
  };

  /** Red, green and blue. */
  const pixelAt = ({ pixels }: DecodedImage, x: number, y: number): number[] => [
    ...pixels.rgb.subarray((y * side + x) * 3, (y * side + x) * 3 + 3),
  ];

  return { decodeOne, decoded, refusal, pixelAt };
}
