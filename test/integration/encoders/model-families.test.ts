import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ModelFiles, resolveModel } from "../../../src/encoders/model-files";
import { startHubStandIn } from "../../support/hub-stand-in";
import {
  FAMILIES,
  type Family,
  familyFolder,
  MINI_CLIP,
  silent,
  startTestModel,
  V2_LAYOUT,
} from "../../support/models";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "model-families-"))));
afterEach(() => rmSync(root, { recursive: true }));

const resolve = (model: string, hubUrl = "http://127.0.0.1:9"): Promise<ModelFiles> =>
  resolveModel({
    model,
    revision: "main",
    dtype: "fp32",
    cacheFolder: root,
    hubUrl,
    bundledFolder: MINI_CLIP,
    log: silent,
  });

/** A copy of a family's folder, to be broken. */
function copyOf(family: Family): string {
  const folder = join(root, family);
  cpSync(familyFolder(family), folder, { recursive: true });
  return folder;
}

function changeJson(path: string, changes: object): void {
  writeFileSync(path, JSON.stringify({ ...(JSON.parse(readFileSync(path, "utf8")) as object), ...changes }));
}

const picture = (fit: string, filter: string) => ({ side: 32, scaledTo: 32, fit, filter, resampler: "pillow" });
const NO_PREFIXES = { query: "", document: "" };

const SAID: Record<Family, object> = {
  clip: {
    layout: { title: "CLIP" },
    projectionDim: 24,
    textMaxTokens: 77,
    lowerCase: false,
    preprocessing: { shape: picture("cover", "bicubic"), description: "shortest 32 bicubic centre 32, pillow" },
    text: { pooling: null, prefixes: NO_PREFIXES },
  },
  siglip: {
    layout: { title: "SigLIP", padding: "full" },
    projectionDim: 32,
    textMaxTokens: 64,
    lowerCase: false,
    preprocessing: { shape: picture("squash", "bicubic"), mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  },
  siglip2: {
    layout: { title: "SigLIP", padding: "full" },
    textMaxTokens: 64,
    lowerCase: true,
    preprocessing: { shape: picture("squash", "bilinear"), description: "squash 32 bilinear, pillow" },
  },
  "text-mean": {
    layout: { image: null },
    preprocessing: null,
    textMaxTokens: 48,
    text: { pooling: "mean", prefixes: NO_PREFIXES },
  },
  "text-cls": {
    layout: { image: null, unusedPlaces: 2 },
    preprocessing: null,
    textMaxTokens: 96,
    text: { pooling: "cls", prefixes: { query: "query: ", document: "passage: " } },
  },
};

describe("a folder of each family", () => {
  it.each(FAMILIES)("%s says how it wants to be used", async (family) => {
    expect(await resolve(familyFolder(family))).toMatchObject(SAID[family]);
  });

  it("siglip may leave out what its kind always has, as the hub's models do", async () => {
    const folder = copyOf("siglip");
    const bare = { model_type: "siglip", text_config: {}, vision_config: {} };
    writeFileSync(join(folder, "config.json"), JSON.stringify(bare));
    writeFileSync(join(folder, "preprocessor_config.json"), "{}");
    expect(await resolve(folder)).toMatchObject({
      projectionDim: 768,
      textMaxTokens: 64,
      preprocessing: { shape: { side: 224, fit: "squash", filter: "bicubic" } },
    });
  });

  it.each(FAMILIES)("%s has a revision that follows all that decides a vector", async (family) => {
    const folder = copyOf(family);
    const { revision } = await resolve(folder);
    expect(revision).toBe((await resolve(familyFolder(family))).revision);
    const deciding =
      family === "text-mean"
        ? "1_Pooling/config.json"
        : family === "text-cls"
          ? "config_sentence_transformers.json"
          : "preprocessor_config.json";
    changeJson(join(folder, deciding), { comment: "changed" });
    expect((await resolve(folder)).revision).not.toBe(revision);
  });

  it.each([
    [MINI_CLIP, "e81a3527433a", "shortest 96 bicubic centre"],
    [V2_LAYOUT, "a469353f9696", "shortest 512 bicubic centre"],
  ])("what collections were made by before keeps its fingerprint: %s", async (folder, revision, description) => {
    const found = await resolve(folder);
    expect([found.revision, found.preprocessing?.description]).toEqual([revision, description]);
  });
});

describe("a family's model of the hub", () => {
  it("comes with what its family needs and nothing else", async () => {
    const hub = await startHubStandIn({
      models: { "me/clip": familyFolder("clip"), "me/text": familyFolder("text-cls") },
    });
    try {
      const [clip, text] = [await resolve("me/clip", hub.url), await resolve("me/text", hub.url)];
      expect(clip).toMatchObject({ ...SAID.clip, model: "me/clip" });
      expect(text).toMatchObject({ ...SAID["text-cls"], model: "me/text" });
      expect(existsSync(join(text.folder, "1_Pooling/config.json"))).toBe(true);
      expect(existsSync(join(text.folder, "reference.json"))).toBe(false);
    } finally {
      await hub.stop();
    }
  });
});

const ONNX: Record<Family, readonly string[]> = {
  clip: ["onnx/text_model.onnx", "onnx/vision_model.onnx"],
  siglip: ["onnx/text_model.onnx", "onnx/vision_model.onnx"],
  siglip2: ["onnx/text_model.onnx", "onnx/vision_model.onnx"],
  "text-mean": ["onnx/model.onnx"],
  "text-cls": ["onnx/model.onnx"],
};
const jsonOf = (family: Family): string[] => [
  "config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  ...(family.startsWith("text-") ? [] : ["preprocessor_config.json"]),
];
const each = FAMILIES.flatMap((family) => [...ONNX[family], ...jsonOf(family)].map((file) => [family, file] as const));
const eachJson = FAMILIES.flatMap((family) => jsonOf(family).map((file) => [family, file] as const));
const eachOnnx = FAMILIES.flatMap((family) => ONNX[family].map((file) => [family, file] as const));

const escaped = (file: string) => file.replaceAll(/[.\\]/g, "\\$&");
const refusal = (message: RegExp) => ({ code: "INVALID_MODEL", message: expect.stringMatching(message) });

describe("a folder that is not whole is refused by the name of the file", () => {
  it.each(each)("%s without %s", async (family, file) => {
    const folder = copyOf(family);
    rmSync(join(folder, file));
    await expect(resolve(folder)).rejects.toMatchObject(refusal(new RegExp(`^The model ${family} .*${escaped(file)}`)));
  });

  it.each(each)("%s with an empty %s", async (family, file) => {
    const folder = copyOf(family);
    truncateSync(join(folder, file), 0);
    await expect(resolve(folder)).rejects.toMatchObject(refusal(new RegExp(`${escaped(file)} is empty`)));
  });

  it.each(eachJson)("%s with half of %s", async (family, file) => {
    const folder = copyOf(family);
    truncateSync(join(folder, file), 40);
    await expect(resolve(folder)).rejects.toMatchObject(refusal(new RegExp(`${escaped(file)} is not whole`)));
  });

  it.each(eachOnnx)("%s with half of %s", async (family, file) => {
    const folder = copyOf(family);
    truncateSync(join(folder, file), 20_000);
    await expect(startTestModel(folder)).rejects.toMatchObject(
      refusal(new RegExp(`${escaped(file)} in .* cannot be loaded`)),
    );
  });
});

describe("a folder that is not what it says is refused", () => {
  it("a kind of model that is not known", async () => {
    const folder = copyOf("clip");
    changeJson(join(folder, "config.json"), { model_type: "whisper" });
    await expect(resolve(folder)).rejects.toMatchObject(
      refusal(/model_type "whisper"; Parallax loads jina_clip, clip, siglip, bert/),
    );
  });

  it("a config.json that names no kind", async () => {
    const folder = copyOf("text-mean");
    changeJson(join(folder, "config.json"), { model_type: undefined });
    await expect(resolve(folder)).rejects.toMatchObject(refusal(/says no model_type; Parallax loads/));
  });

  it("SigLIP 2's variant with pictures of any shape", async () => {
    const folder = copyOf("siglip2");
    changeJson(join(folder, "config.json"), { model_type: "siglip2" });
    await expect(resolve(folder)).rejects.toMatchObject(refusal(/model_type "siglip2"/));
  });

  it.each<[Family, string, RegExp]>([
    ["clip", "siglip", /gives .*text_embeds.*, not pooler_output, as a SigLIP does/],
    ["siglip", "clip", /gives last_hidden_state, pooler_output, not text_embeds, as a CLIP does/],
    ["siglip", "bert", /has no ONNX files.*onnx\/model\.onnx/],
    ["text-mean", "clip", /has no preprocessor_config\.json/],
    ["text-mean", "jina_clip", /has no preprocessor_config\.json/],
  ])("a %s that says it is a %s", async (family, modelType, message) => {
    const folder = copyOf(family);
    changeJson(join(folder, "config.json"), { model_type: modelType });
    await expect(startTestModel(folder)).rejects.toMatchObject(refusal(message));
  });

  it("a config.json of a larger model", async () => {
    const folder = copyOf("clip");
    changeJson(join(folder, "config.json"), { projection_dim: 16 });
    await expect(startTestModel(folder)).rejects.toMatchObject(
      refusal(/gives vectors of 24 numbers where its config\.json says 16/),
    );
  });

  it("towers that are one file twice", async () => {
    const folder = copyOf("clip");
    copyFileSync(join(folder, "onnx/text_model.onnx"), join(folder, "onnx/vision_model.onnx"));
    await expect(startTestModel(folder)).rejects.toMatchObject(refusal(/fails on simple input|gives/));
  });

  it("vectors that sentence-transformers puts through another layer", async () => {
    const folder = copyOf("text-mean");
    const modules = [
      { type: "sentence_transformers.models.Transformer" },
      { type: "sentence_transformers.models.Dense" },
    ];
    writeFileSync(join(folder, "modules.json"), JSON.stringify(modules));
    await expect(resolve(folder)).rejects.toMatchObject(
      refusal(/modules\.json in .* has the step sentence_transformers\.models\.Dense/),
    );
  });
});
