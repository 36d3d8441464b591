import { execFileSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** Jest keeps modules in a way of its own, so this runs in a Node without it. */
const script = (module: string, owner: string, name: string, use: string): string => `
  require("./dist/${module}.js");
  const loaded = (part) => Object.keys(require.cache).filter((path) => path.includes("node_modules/" + part + "/")).length;
  const s3 = Object.keys(require.cache).filter((path) => path.includes("client-s3")).length;
  const before = { owner: loaded("${owner}"), stoodInFor: loaded("${name}"), s3 };
  const { createRequire } = require("node:module");
  const ofOwner = createRequire(createRequire(process.cwd() + "/dist/app.js").resolve("${owner}"));
  const used = (${use})(ofOwner("${name}"));
  console.log(JSON.stringify({ ...before, used, after: loaded("${name}") }));
`;

test.each([
  {
    module: "stores/milvus/milvus-connection",
    owner: "@zilliz/milvus2-sdk-node",
    name: "@shanghaikid/parquetjs",
    use: `({ ParquetSchema }) => Object.keys(new ParquetSchema({ id: { type: "UTF8" } }).fields)`,
    gives: ["id"],
  },
  {
    module: "stores/milvus/milvus-connection",
    owner: "@zilliz/milvus2-sdk-node",
    name: "@opentelemetry/api",
    use: `({ trace }) => typeof trace.getTracer("parallax").startSpan`,
    gives: "function",
  },
  {
    module: "graphql/graphql-edge",
    owner: "@apollo/server",
    name: "@graphql-tools/schema",
    use: `({ makeExecutableSchema }) => Object.keys(makeExecutableSchema({ typeDefs: "type Query { id: ID }" }).getQueryType().getFields())`,
    gives: ["id"],
  },
])("$name is loaded when it is used, and not with $owner", ({ module, owner, name, use, gives }) => {
  const said = execFileSync(process.execPath, ["-e", script(module, owner, name, use)], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const told = JSON.parse(said) as Record<"owner" | "stoodInFor" | "s3" | "after", number> & { used: unknown };
  expect(told.owner).toBeGreaterThan(10);
  // What stands in for it until then.
  expect(told.stoodInFor).toBe(1);
  // What the writer of Parquet files would bring.
  expect(told.s3).toBe(0);
  expect(told.used).toEqual(gives);
  expect(told.after).toBeGreaterThan(1);
});

/** It is a function as a whole. */
test("sharp is loaded when it is called, and not with Transformers.js", () => {
  const called = `
    require("./dist/onnx/sharp-when-used.js");
    require("./dist/onnx/transformers.js");
    const loaded = () => Object.keys(require.cache).filter((path) => path.includes("node_modules/sharp/")).length;
    const before = loaded();
    const image = require("sharp")({ create: { width: 2, height: 3, channels: 3, background: "red" } });
    console.log(JSON.stringify({ before, resize: typeof image.resize, after: loaded() }));
  `;
  const said = execFileSync(process.execPath, ["-e", called], { cwd: ROOT, encoding: "utf8" });
  const { before, resize, after } = JSON.parse(said) as { before: number; resize: string; after: number };
  expect(before).toBe(1);
  expect(resize).toBe("function");
  expect(after).toBeGreaterThan(1);
});
