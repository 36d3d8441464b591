import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DownloadProgress } from "../../../src/onnx/hub-model";
import { type ModelFiles, type ModelRequest, resolveModel } from "../../../src/encoders/model-files";
import {
  type FileTrouble,
  HUB_SHA,
  type HubOptions,
  type HubStandIn,
  sendFile,
  startHubStandIn,
} from "../../support/hub-stand-in";
import { coverShape } from "../../support/pictures";

const MINI_CLIP = join(__dirname, "../../../models/mini-clip");
const V2_LAYOUT = join(__dirname, "../../fixtures/model-v2-layout");
const V1 = "jinaai/jina-clip-v1";
const V2 = "jinaai/jina-clip-v2";
const MODELS = { [V1]: MINI_CLIP, [V2]: V2_LAYOUT };
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
const ONNX = "onnx/model.onnx";

let folder: string;
let hub: HubStandIn | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "model-files-"));
});

afterEach(async () => {
  await hub?.stop();
  hub = undefined;
  rmSync(folder, { recursive: true });
});

async function startHub(options: Partial<HubOptions> = {}): Promise<HubStandIn> {
  await hub?.stop();
  hub = await startHubStandIn({ models: MODELS, ...options });
  return hub;
}

function request(model: string, changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model,
    revision: "main",
    dtype: "fp32",
    cacheFolder: folder,
    hubUrl: hub?.url ?? "http://127.0.0.1:9",
    bundledFolder: MINI_CLIP,
    log: SILENT,
    patience: { idleTimeoutMs: 400, retryDelayMs: 10, attempts: 3 },
    ...changes,
  };
}

const resolve = (model: string, changes?: Partial<ModelRequest>): Promise<ModelFiles> =>
  resolveModel(request(model, changes));

/** Trouble with the ONNX file alone, for the first `times` requests. */
function onnxTrouble(trouble: FileTrouble, times = 1): FileTrouble {
  return (file, ...rest) => file.path === ONNX && times-- > 0 && trouble(file, ...rest);
}

const breakOffOnce = (): FileTrouble =>
  onnxTrouble(({ bytes }, _, response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, 300_000), () => response.destroy());
    return true;
  });

/** Breaks off the first time and refuses to go on. */
const alwaysBroken: FileTrouble = ({ path, bytes }, { headers }, response) => {
  if (path !== ONNX) return false;
  if (headers.range !== undefined) response.writeHead(503).end();
  else
    response
      .writeHead(200, { "content-length": bytes.length })
      .write(bytes.subarray(0, 100_000), () => response.destroy());
  return true;
};

const expectWhole = (found: ModelFiles): void =>
  expect(readFileSync(join(found.folder, ONNX)).equals(readFileSync(join(V2_LAYOUT, ONNX)))).toBe(true);

describe("a model of the hub", () => {
  it("is downloaded into the cache, file by file, with progress up to the last byte", async () => {
    await startHub();
    const progress: DownloadProgress[] = [];
    const found = await resolve(V1, { onProgress: (step) => progress.push(step) });
    expect(found).toMatchObject({
      model: V1,
      revision: HUB_SHA,
      dtype: "fp32",
      layout: { title: "jina-clip-v1" },
      projectionDim: 384,
    });
    expect(found.folder).toBe(join(folder, "models", "jinaai--jina-clip-v1", HUB_SHA));
    for (const file of ["onnx/text_model.onnx", "onnx/vision_model.onnx", "tokenizer.json", "calibration.json"]) {
      expect(readFileSync(join(found.folder, file)).equals(readFileSync(join(MINI_CLIP, file)))).toBe(true);
    }
    expect(existsSync(join(found.folder, "README.md"))).toBe(false);
    expect(progress.at(-1)?.downloadedBytes).toBe(progress.at(-1)?.totalBytes);
    expect(progress.every(({ downloadedBytes }, i) => downloadedBytes >= (progress[i - 1]?.downloadedBytes ?? 0))).toBe(
      true,
    );
  });

  it("is found in the cache afterwards without a single request", async () => {
    const { requests } = await startHub();
    const first = await resolve(V2);
    const sent = requests.length;
    expect(await resolve(V2)).toEqual(first);
    expect(requests.length).toBe(sent);
  });

  it("is repaired when a file has gone from the cache, by fetching that file only", async () => {
    const { requests } = await startHub();
    const found = await resolve(V2);
    rmSync(join(found.folder, "tokenizer.json"));
    requests.length = 0;
    await resolve(V2);
    expect(requests.filter((line) => line.includes("/resolve/"))).toEqual([
      `GET /${V2}/resolve/${HUB_SHA}/tokenizer.json`,
    ]);
  });

  it("may come by way of redirects, as from a CDN", async () => {
    const { requests } = await startHub({ redirects: true });
    expectWhole(await resolve(V2));
    expect(requests).toContain(`GET /cdn/${V2}/resolve/${HUB_SHA}/${ONNX}`);
  });

  it("may be in v2's layout, one fused file with shorter lengths to choose from", async () => {
    await startHub();
    const found = await resolve(V2);
    expect(found).toMatchObject({ layout: { title: "jina-clip-v2" }, projectionDim: 1024, calibrationPath: null });
    expect(found.preprocessing).toMatchObject({ shape: coverShape(512), description: "shortest 512 bicubic centre" });
    expect(found.matryoshka).toEqual([32, 64, 128, 256, 512, 768, 1024]);
  });

  it("brings its external weights along", async () => {
    const model = join(folder, "v2-with-data");
    cpSync(V2_LAYOUT, model, { recursive: true });
    writeFileSync(join(model, `${ONNX}_data`), "weights");
    await startHub({ models: { [V2]: model } });
    const found = await resolve(V2);
    expect(readFileSync(join(found.folder, `${ONNX}_data`), "utf8")).toBe("weights");
  });
});

describe("a troubled download", () => {
  it("waits for a slow hub as long as bytes keep coming", async () => {
    const slowly = onnxTrouble(({ bytes }, _, response) => {
      response.writeHead(200, { "content-length": bytes.length });
      const step = Math.ceil(bytes.length / 6);
      for (let i = 0; i < 6; i++) setTimeout(() => response.write(bytes.subarray(i * step, (i + 1) * step)), i * 150);
      return true;
    });
    const { requests } = await startHub({ trouble: slowly });
    expectWhole(await resolve(V2));
    expect(requests.filter((line) => line.includes(ONNX))).toHaveLength(1);
  });

  it("continues at the byte where the connection broke off", async () => {
    const { requests } = await startHub({ trouble: breakOffOnce() });
    expectWhole(await resolve(V2));
    const [first, second] = requests.filter((line) => line.includes(ONNX));
    expect(first).not.toContain("bytes=");
    expect(second).toMatch(/ bytes=[1-9]\d*-$/);
  });

  it("continues where the connection stalled", async () => {
    const stall = onnxTrouble(({ bytes }, _, response) => {
      response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, 200_000));
      return true;
    });
    const { requests } = await startHub({ trouble: stall });
    expectWhole(await resolve(V2));
    expect(requests.filter((line) => line.includes(ONNX)).at(-1)).toContain("bytes=200000-");
  });

  it("continues in a later run what an earlier one left", async () => {
    await startHub({ trouble: alwaysBroken });
    await expect(resolve(V2)).rejects.toMatchObject({
      code: "MODEL_UNAVAILABLE",
      message: expect.stringContaining("HTTP 503"),
    });
    const { requests } = await startHub();
    expectWhole(await resolve(V2));
    expect(requests.filter((line) => line.includes(ONNX))).toEqual([expect.stringMatching(/ bytes=[1-9]\d*-$/)]);
  });

  it("begins again with a server that knows no ranges", async () => {
    const breakOff = breakOffOnce();
    const withoutRanges: FileTrouble = (file, asked, response) => {
      if (breakOff(file, asked, response)) return true;
      delete asked.headers.range;
      return false;
    };
    const { requests } = await startHub({ trouble: withoutRanges });
    expectWhole(await resolve(V2));
    expect(requests.filter((line) => line.includes(ONNX)).at(-1)).toContain("bytes=");
  });

  it("survives a hub that fails now and then", async () => {
    const { requests } = await startHub({
      trouble: onnxTrouble((_, __, response) => {
        response.writeHead(502).end();
        return true;
      }, 2),
    });
    expectWhole(await resolve(V2));
    expect(requests.filter((line) => line.includes(ONNX))).toHaveLength(3);
  });

  it("keeps nothing that has the wrong SHA-256", async () => {
    const corrupt = onnxTrouble(({ bytes }, asked, response) => {
      sendFile(Buffer.from(bytes).fill(0, 1000, 1010), asked, response);
      return true;
    });
    await startHub({ trouble: corrupt });
    await expect(resolve(V2)).rejects.toMatchObject({
      code: "MODEL_UNAVAILABLE",
      message: expect.stringContaining("SHA-256"),
    });
    const cached = join(folder, "models", "jinaai--jina-clip-v2", HUB_SHA, ONNX);
    expect([existsSync(cached), existsSync(`${cached}.part`)]).toEqual([false, false]);
    expectWhole(await resolve(V2));
  });
});

describe("what cannot be had", () => {
  it("a hub that nobody answers for: one line with the reason and the ways out", async () => {
    const { url } = await startHub();
    await hub?.stop();
    const error = await resolve(V1, { hubUrl: url }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(String(error)).toMatch(
      /jina-clip-v1 is not in the cache and the hub \(http.*\) could not be reached: .*ECONNREFUSED.*MODEL=mini-clip/,
    );
    expect(String(error)).not.toContain("\n");
  });

  it("a model that the hub does not have", async () => {
    await startHub();
    const error = { code: "INVALID_MODEL", message: expect.stringMatching(/"nobody\/nothing".*"main".*404/) };
    await expect(resolve("nobody/nothing")).rejects.toMatchObject(error);
  });

  it("a dtype without files: the ones that exist are named", async () => {
    await startHub();
    const error = { code: "INVALID_MODEL", message: expect.stringMatching(/"q4"; it has fp32\./) };
    await expect(resolve(V1, { dtype: "q4" })).rejects.toMatchObject(error);
    await expect(resolve("mini-clip", { dtype: "q4" })).rejects.toMatchObject(error);
  });

  it("a hub that lists files outside of the model's folder", async () => {
    const evil = { type: "file", path: `${ONNX}_data/../../../../../evil`, size: 4 };
    const { requests } = await startHub({ changeListing: (entries) => [...entries, evil] });
    await expect(resolve(V2)).rejects.toMatchObject({
      code: "INVALID_MODEL",
      message: expect.stringContaining("outside"),
    });
    expect(requests.some((line) => line.includes("/resolve/"))).toBe(false);
  });

  it.each(["jina-clip", "../x/y/..", "a/b/c", "a/..", "a b/c", "", "-/x"])(
    "a MODEL that names nothing: %j",
    async (model) => {
      await expect(resolve(model)).rejects.toMatchObject({ code: "INVALID_MODEL" });
    },
  );

  it("a revision that is no revision", async () => {
    await expect(resolve(V1, { revision: "../main" })).rejects.toMatchObject({ code: "INVALID_MODEL" });
  });
});

describe("a local folder", () => {
  let local: string;

  beforeEach(() => {
    local = join(folder, "my-clip");
    cpSync(V2_LAYOUT, local, { recursive: true });
  });

  it("is used where it is, named after the folder, with a revision that follows its contents", async () => {
    const first = await resolve(local);
    expect(first).toMatchObject({ model: "my-clip", folder: local, revision: expect.stringMatching(/^[0-9a-f]{12}$/) });
    writeFileSync(join(local, "special_tokens_map.json"), "{}");
    expect((await resolve(local)).revision).toBe(first.revision);
    const preprocessor = JSON.parse(readFileSync(join(local, "preprocessor_config.json"), "utf8"));
    writeFileSync(join(local, "preprocessor_config.json"), JSON.stringify({ ...preprocessor, std: [1, 1, 1] }));
    const changed = await resolve(local);
    expect(changed.revision).not.toBe(first.revision);
    expect(changed.preprocessing?.std).toEqual([1, 1, 1]);
  });

  it("mini-clip is embedded", async () => {
    expect(await resolve("mini-clip")).toMatchObject({
      model: "mini-clip",
      layout: { title: "jina-clip-v1" },
      preprocessing: { shape: coverShape(96), description: "shortest 96 bicubic centre" },
      projectionDim: 384,
      matryoshka: [],
      textMaxTokens: 512,
      calibrationPath: join(MINI_CLIP, "calibration.json"),
    });
  });

  it("reads a jina-clip-v1 whose config names few things", async () => {
    for (const tower of ["text", "vision"]) cpSync(join(local, ONNX), join(local, `onnx/${tower}_model.onnx`));
    writeFileSync(
      join(local, "config.json"),
      JSON.stringify({ model_type: "jina_clip", text_config: { embed_dim: 768 } }),
    );
    writeFileSync(join(local, "tokenizer_config.json"), JSON.stringify({ model_max_length: 1e30 }));
    expect(await resolve(local)).toMatchObject({
      layout: { title: "jina-clip-v1" },
      projectionDim: 768,
      textMaxTokens: 512,
      matryoshka: [],
    });
  });

  const faults: [string, RegExp, () => void][] = [
    ["is missing", /not a folder/, () => rmSync(local, { recursive: true })],
    ["has no config.json", /has no config\.json/, () => rmSync(join(local, "config.json"))],
    ["has no weights", /no ONNX files/, () => rmSync(join(local, "onnx"), { recursive: true })],
    ["has an empty file", /is empty/, () => truncateSync(join(local, ONNX))],
    [
      "has a tokenizer that broke off",
      /tokenizer\.json is not whole/,
      () => truncateSync(join(local, "tokenizer.json"), 1000),
    ],
    ["has a config of no kind", /no model_type/, () => writeFileSync(join(local, "config.json"), "{}")],
    [
      "has a config that says too little",
      /projection_dim or text_config\.embed_dim/,
      () => writeFileSync(join(local, "config.json"), `{"model_type":"jina_clip"}`),
    ],
    [
      "squashes pictures",
      /"squash, bicubic"/,
      () => writeFileSync(join(local, "preprocessor_config.json"), `{"resize_mode":"squash"}`),
    ],
    [
      "holds a Git LFS pointer",
      /git lfs pull/,
      () => writeFileSync(join(local, ONNX), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"),
    ],
  ];
  it.each(faults)("that %s is refused with a clear line", async (_, message, breakIt) => {
    breakIt();
    const error = await resolve(local).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "INVALID_MODEL", message: expect.stringMatching(message) });
    expect(String(error)).not.toContain("\n");
  });
});
