import { execFileSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "../../../..");

/** Jest keeps modules in a way of its own, so this runs in a Node without it. */
const SCRIPT = `
  require("./dist/stores/milvus/milvus-connection.js");
  const loaded = (name) => Object.keys(require.cache).filter((path) => path.includes(name)).length;
  const before = { sdk: loaded("milvus2-sdk-node"), parquet: loaded("parquetjs"), s3: loaded("client-s3") };
  const { createRequire } = require("node:module");
  const ofSdk = createRequire(createRequire(process.cwd() + "/dist/app.js").resolve("@zilliz/milvus2-sdk-node"));
  const { ParquetSchema } = ofSdk("@shanghaikid/parquetjs");
  const schema = new ParquetSchema({ id: { type: "UTF8" } });
  console.log(JSON.stringify({ before, fields: Object.keys(schema.fields), after: loaded("parquetjs") }));
`;

test("the SDK's writer of Parquet files is loaded when it is used, and not with the SDK", () => {
  const said = execFileSync(process.execPath, ["-e", SCRIPT], { cwd: ROOT, encoding: "utf8" });
  const { before, fields, after } = JSON.parse(said) as {
    before: Record<"sdk" | "parquet" | "s3", number>;
    fields: string[];
    after: number;
  };
  expect(before.sdk).toBeGreaterThan(10);
  // What stands in for it until then.
  expect(before.parquet).toBe(1);
  expect(before.s3).toBe(0);
  expect(fields).toEqual(["id"]);
  expect(after).toBeGreaterThan(1);
});
