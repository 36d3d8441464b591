import { BatchRefused } from "../../../src/encoders/remote/batch-refused";
import { readDescription } from "../../../src/encoders/remote/parallax/read-description";

const FINGERPRINT = {
  model: "m",
  revision: "r",
  dtype: "fp32",
  dimension: 96,
  preprocessing: "squash 96 lanczos, pillow",
};
const PICTURE = { side: 96, fit: "squash", scaledTo: 96, filter: "lanczos", resampler: "pillow" };
const read = (change: object) =>
  readDescription(Buffer.from(JSON.stringify({ version: 1, fingerprint: FINGERPRINT, picture: PICTURE, ...change })));

it("reads how pictures are prepared, whatever the model's layout, and that there are none", () => {
  expect(read({})).toEqual({ fingerprint: FINGERPRINT, picture: PICTURE, textWindow: null });
  const covered = { side: 224, fit: "cover", scaledTo: 256, filter: "bilinear", resampler: "libvips" };
  expect(read({ picture: covered }).picture).toEqual(covered);
  expect(read({ picture: null }).picture).toBeNull();
});

it("reads how many tokens a model reads, where that is told", () => {
  expect([510, 0, -1, 1.5, "510", undefined].map((textWindow) => read({ textWindow }).textWindow)).toEqual([
    510,
    null,
    null,
    null,
    null,
    null,
  ]);
});

it("says that another version of the protocol needs the same release on both", () => {
  const error = { code: "INVALID_CONFIGURATION", message: expect.stringMatching(/version 2.*version 1.*same release/) };
  expect(() => read({ version: 2 })).toThrow(expect.objectContaining(error));
});

it.each([
  { version: undefined },
  { version: "1" },
  { fingerprint: { ...FINGERPRINT, dimension: 0 } },
  { fingerprint: null },
  { picture: undefined },
  { picture: { ...PICTURE, side: 9_000 } },
  { picture: { ...PICTURE, filter: "toString" } },
  { picture: { ...PICTURE, fit: "cover", scaledTo: 90 } },
  { picture: { side: 96 } },
])("takes %j for no description", (change) => {
  expect(() => read(change)).toThrow(BatchRefused);
});
