import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readConfig } from "../../src/config/read-config";
import { SETTINGS } from "../../src/config/settings";

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly environment?: Record<string, string>;
  readonly ports?: string[];
  readonly volumes?: string[];
  readonly healthcheck?: { test: string[] };
  readonly depends_on?: Record<string, { condition: string }>;
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
  readonly tmpfs?: string[];
  readonly cap_drop?: string[];
}

const root = join(__dirname, "../..");
const file = parse(readFileSync(join(root, "docker-compose.yml"), "utf8")) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const services = Object.entries(file.services);
const parallax = file.services["parallax"]!;
const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8").replaceAll("\\\n", " ");

const admitted = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");

/** The Dockerfile's stages by name: their lines. */
const stages = Object.fromEntries(
  dockerfile
    .split(/^FROM /m)
    .slice(1)
    .map((part) => part.split("\n"))
    .map(([from = "", ...lines]) => [from.split(" AS ")[1]!, lines]),
);

/** "${MODEL:-jinaai/jina-clip-v1}" as compose reads it where the variable is not set. */
const unset = (value: string): string => value.replaceAll(/\$\{\w+:-([^}]*)\}/g, "$1");

/** What the image sets, then what compose does. */
function environment(): Record<string, string> {
  const [, settings = ""] = /^ENV (.*)$/m.exec(dockerfile) ?? [];
  const given = Object.entries(parallax.environment ?? {}).map(([name, value]) => [name, unset(value)]);
  return Object.fromEntries([...settings.split(/\s+/).map((pair) => pair.split("=")), ...given]);
}

it("runs Parallax beside a Milvus with what it needs, each image pinned", () => {
  expect(Object.keys(file.services).toSorted()).toEqual(["etcd", "milvus", "minio", "parallax"]);
  const loose = services.filter(([, { image }]) => !/:v?(RELEASE\.)?\d/.test(image ?? ""));
  expect(loose).toEqual([]);
});

it("publishes Parallax alone, and on the loopback address alone", () => {
  const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
  expect(published).toEqual(["parallax 127.0.0.1:4000:4000"]);
});

it("starts each service once those that it needs are healthy", () => {
  const waits = services.flatMap(([, { depends_on = {} }]) => Object.entries(depends_on));
  expect(waits.map(([name]) => name).toSorted()).toEqual(["etcd", "milvus", "minio"]);
  for (const [name, { condition }] of waits) {
    expect(condition).toBe("service_healthy");
    expect(file.services[name]?.healthcheck?.test[0]).toBe("CMD");
  }
  expect(dockerfile).toMatch(/^HEALTHCHECK .*\/ready/m);
});

it("keeps data, models and the database on volumes that it declares", () => {
  const mounts = services.flatMap(([, { volumes = [] }]) => volumes.map((mount) => mount.split(":")));
  expect(mounts.map(([volume]) => volume).toSorted()).toEqual(Object.keys(file.volumes).toSorted());
  const targets = (parallax.volumes ?? []).map((mount) => mount.split(":")[1]);
  expect(targets).toEqual(expect.arrayContaining([environment()["DATA_FOLDER"], environment()["CACHE_FOLDER"]]));
});

it("sets what the server knows, to values that it accepts", () => {
  const known = ["NODE_ENV", ...Object.values(SETTINGS).map(({ name }) => name)];
  expect(Object.keys(environment()).filter((name) => !known.includes(name))).toEqual([]);
  expect(readConfig(environment())).toMatchObject({ host: "0.0.0.0", port: 4000, milvusUri: "http://milvus:19530" });
});

it("lets a stopping server use its whole grace period", () => {
  const seconds = Number.parseInt(parallax.stop_grace_period ?? "0", 10);
  expect(seconds * 1000).toBeGreaterThan(readConfig(environment()).gracePeriodMs);
});

it("copies into the image what is in the repository, and does not run as root", () => {
  const sources = [...dockerfile.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, names]) => names!.split(" "));
  expect(sources).toContain("src");
  expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
  expect(sources.filter((source) => !admitted.includes(`!${source}`))).toEqual([]);
  for (const stage of ["server", "lite"]) {
    expect(stages[stage]!.findLast((line) => line.startsWith("USER "))).toBe("USER node");
  }
});

it("builds from one Node that package.json allows, what runs beside a server and what needs none", () => {
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base!).filter((base) => !(base in stages));
  expect(new Set(bases)).toEqual(new Set(["node:24-bookworm-slim"]));
  expect(parallax.build).toEqual({ context: ".", target: "server" });
  expect(Object.keys(stages).at(-1)).toBe("lite");
  const [, lite = ""] = /^ENV (.*)$/m.exec(stages["lite"]!.join("\n")) ?? [];
  const config = readConfig(Object.fromEntries(lite.split(" ").map((pair) => pair.split("="))));
  expect(config).toMatchObject({ milvusUri: "/data/milvus", milvusLitePython: "/opt/milvus-lite/bin/python" });
});

it("lets Parallax write to its volumes and /tmp alone", () => {
  expect(parallax).toMatchObject({ read_only: true, tmpfs: ["/tmp"], cap_drop: ["ALL"] });
});

it("runs a Milvus 2.6, whose log needs no service of its own", () => {
  const { image, environment: given } = file.services["milvus"]!;
  expect(image).toMatch(/:v2\.6\.\d+$/);
  expect(given).toMatchObject({ MQ_TYPE: "woodpecker" });
});
