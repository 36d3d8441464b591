import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedCalibrationPath, writeCalibrationFile } from "../../../src/encoders/calibration-file";
import { knownCalibration } from "../../../src/encoders/known-calibration";
import { GappedVectors } from "../../support/gapped-vectors";
import { testFingerprint } from "../../support/documents";

const bundledFolder = join(__dirname, "../../../models/mini-clip");

let cacheFolder: string;
beforeAll(async () => (cacheFolder = await mkdtemp(join(tmpdir(), "parallax-known-"))));
afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

it("knows a model that a server of this cache has measured, and no other", async () => {
  const fingerprint = testFingerprint("measured", 32);
  const space = new GappedVectors(1);
  const samples = { text: space.strangers("text", 20), image: space.strangers("image", 20) };
  const path = cachedCalibrationPath(cacheFolder, fingerprint);
  await writeCalibrationFile(path, { queries: samples, documents: samples });
  const known = await knownCalibration(fingerprint, { cacheFolder, bundledFolder });
  expect(known!.documents).toEqual(samples);
  expect(await knownCalibration(testFingerprint("another", 32), { cacheFolder, bundledFolder })).toBeNull();
});

it("takes no other model for the embedded one because of its name", async () => {
  const namesake = { ...testFingerprint("0123456789ab", 384), model: "mini-clip" };
  expect(await knownCalibration(namesake, { cacheFolder, bundledFolder })).toBeNull();
  expect(await knownCalibration({ ...namesake, dtype: "q4" }, { cacheFolder, bundledFolder })).toBeNull();
});
