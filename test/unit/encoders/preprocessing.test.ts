import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MODEL_LAYOUTS } from "../../../src/encoders/model-layout";
import { readPreprocessing } from "../../../src/encoders/preprocessing";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "preprocessing-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function read(modelType: string, file: object, config: object = {}) {
  writeFileSync(join(folder, "preprocessor_config.json"), JSON.stringify(file));
  const { pictures } = MODEL_LAYOUTS.find(({ modelTypes }) => modelTypes.includes(modelType))!;
  return readPreprocessing(folder, pictures!, { ...config });
}

it.each([
  ["clip", { size: 224, crop_size: 224, resample: 3 }, "shortest 224 bicubic centre 224, pillow"],
  [
    "clip",
    { size: { shortest_edge: 256 }, crop_size: { height: 224, width: 224 } },
    "shortest 256 bicubic centre 224, pillow",
  ],
  ["clip", {}, "shortest 224 bicubic centre 224, pillow"],
  ["clip", { size: { height: 336, width: 336 }, do_center_crop: false }, "squash 336 bicubic, pillow"],
  ["siglip", { size: { height: 384, width: 384 }, resample: 2 }, "squash 384 bilinear, pillow"],
  ["siglip", { resample: 1 }, "squash 224 lanczos, pillow"],
  ["jina_clip", { size: 224, resize_mode: "shortest", interpolation: "bicubic" }, "shortest 224 bicubic centre"],
])("a %s with %j: %s", async (modelType, file, description) => {
  expect((await read(modelType, file)).description).toBe(description);
});

it("takes the size from config.json, and means from either name, where the file leaves them out", async () => {
  const found = await read(
    "siglip",
    { image_mean: [0.1, 0.2, 0.3], image_std: [1, 1, 1] },
    { vision_config: { image_size: 96 } },
  );
  expect(found).toMatchObject({ shape: { side: 96 }, mean: [0.1, 0.2, 0.3], std: [1, 1, 1] });
});

it.each([
  ["clip", { resample: 0 }],
  ["clip", { size: { height: 224, width: 192 } }],
  ["clip", { size: { longest_edge: 224 } }],
  ["clip", { size: 224, crop_size: 256 }],
  ["clip", { size: 224, do_center_crop: false }],
  ["clip", { do_resize: false }],
  ["siglip", { do_normalize: false }],
  ["siglip", { do_rescale: false }],
  ["siglip", { rescale_factor: 1 }],
  ["siglip", { do_pad: true }],
  ["siglip", { size: -1 }],
])("a %s that wants what Parallax does not do is refused: %j", async (modelType, file) => {
  const refusal = { code: "INVALID_MODEL", message: expect.stringContaining("preprocessor_config.json") };
  await expect(read(modelType, file)).rejects.toMatchObject(refusal);
});
