import { Tensor } from "../onnx/transformers";
import type { PictureInput } from "./encoder-messages";

/** Pixels of one run: 32 pictures of 96 px, 20 of 224 px, 3 of 512 px. */
const PIXELS_A_RUN = 1_000_000;
const IMAGES_A_RUN = 32;

/** How many pictures run together; bounds memory. */
export const picturesAtOnce = ({ side }: PictureInput): number =>
  Math.min(IMAGES_A_RUN, Math.max(1, Math.floor(PIXELS_A_RUN / side ** 2)));

/** [n, 3, side, side], each channel shifted and scaled as the model was trained. */
export function pixelValues(images: readonly Uint8Array[], { side, mean, std }: PictureInput): Tensor {
  const area = side * side;
  const data = new Float32Array(images.length * 3 * area);
  images.forEach((rgb, n) => {
    for (let channel = 0; channel < 3; channel++) {
      const [scale, shift] = [1 / (255 * std[channel]!), mean[channel]! / std[channel]!];
      const plane = (n * 3 + channel) * area;
      for (let i = 0; i < area; i++) data[plane + i] = rgb[i * 3 + channel]! * scale - shift;
    }
  });
  return new Tensor("float32", data, [images.length, 3, side, side]);
}
