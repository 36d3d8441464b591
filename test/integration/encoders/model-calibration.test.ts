import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { knownCalibration } from "../../../src/encoders/known-calibration";
import { openModelCalibration } from "../../../src/encoders/model-calibration";
import { resolveModel } from "../../../src/encoders/model-files";
import { startImageDecoder } from "../../../src/images/decode/decoder";
import type { ImageDecoder } from "../../../src/ports/image-decoder";
import {
  FAMILIES,
  type Family,
  familyFolder,
  MINI_CLIP,
  silent,
  startTestModel,
  TEXT_FAMILIES,
} from "../../support/models";
import { plainPng } from "../../support/pictures";

let decoder: ImageDecoder;
let cacheFolder: string;
let measured: number;
let drawn: number;

beforeAll(async () => {
  const limits = { maxImageBytes: 2 ** 20, maxImagePixels: 1_000_000, maxMemoryBytes: 2 ** 30 };
  decoder = await startImageDecoder({ processes: 1, deadlineMs: 20_000, ...limits, log: silent });
});
afterAll(() => decoder.close());
beforeEach(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), "model-calibration-"));
  [measured, drawn] = [0, 0];
});
afterEach(() => rmSync(cacheFolder, { recursive: true }));

/** Twenty things in general. */
async function general() {
  measured++;
  const numbers = Array.from({ length: 20 }, (_, i) => i);
  const pictures = () => {
    drawn++;
    return Promise.all(numbers.map((i) => plainPng([i * 12, 255 - i * 9, (i * 70) % 255], 20 + i, 40)));
  };
  return { texts: numbers.map((i) => `thing number ${i} and what it is good for`), pictures };
}

async function open(family: Family) {
  const model = familyFolder(family);
  const request = {
    model,
    revision: "",
    dtype: "fp32",
    cacheFolder,
    hubUrl: "",
    bundledFolder: MINI_CLIP,
    log: silent,
  };
  const encoder = await startTestModel(model);
  const files = await resolveModel(request);
  const calibration = await openModelCalibration({ files, encoder, decoder, general, cacheFolder, log: silent });
  await encoder.close();
  return { calibration, fingerprint: encoder.fingerprint };
}

it.each(FAMILIES)("%s is measured on its first start, and known by its fingerprint from then on", async (family) => {
  const { calibration, fingerprint } = await open(family);
  expect(calibration.documents.text).toHaveLength(20);
  expect(calibration.documents.image).toHaveLength(20);
  for (const { spread } of Object.values(calibration.strangers)) expect(spread).toBeGreaterThan(0);
  expect(await open(family)).toEqual({ calibration, fingerprint });
  expect(measured).toBe(1);
  const known = await knownCalibration(fingerprint, { cacheFolder, bundledFolder: MINI_CLIP });
  expect(known!.documents).toEqual(calibration.documents);
});

it.each(TEXT_FAMILIES)("%s has its texts in the place of pictures, which it never meets", async (family) => {
  const { calibration } = await open(family);
  expect(drawn).toBe(0);
  expect(calibration.documents.image).toEqual(calibration.documents.text);
  expect(calibration.documentMeans.image).toEqual(calibration.documentMeans.text);
});
