import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const committed = readFileSync(join(root, "THIRD-PARTY.md"), "utf8");

/** Licences that let the whole be used and passed on under Apache-2.0; libraries under the LGPL are used as they are. */
const ALLOWED = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "LGPL-3.0",
  "LGPL-3.0-or-later",
  "MIT",
  "MPL-2.0",
  "PSF-2.0",
  "Zlib",
];

/** The rows of its tables by the title above them. */
const tables = Object.fromEntries(
  committed
    .split(/^## /m)
    .map((part) => [
      part.slice(0, part.indexOf("\n")),
      [...part.matchAll(/^\| (.*) \|$/gm)].map(([, row]) => row!.split(" | ")).slice(2),
    ]),
);
const pythonRows = (text: string) =>
  /^## Milvus Lite\n(.*?)^## /ms.exec(text)![1]!.split("\n").slice(6).filter(Boolean);
const withoutPython = (text: string) => text.replace(/^## Milvus Lite\n.*?(?=^## )/ms, "");

it("lists all that is shipped or installed (else: npm run generate)", async () => {
  const { stdout } = await run(process.execPath, [join(root, "scripts/write-third-party.mjs"), "--print"], {
    maxBuffer: 16 * 1_048_576,
  });
  expect(withoutPython(committed) === withoutPython(stdout)).toBe(true);
  // Which packages pip chooses depends on the Python: more may be listed than are there.
  expect(pythonRows(stdout).filter((row) => !pythonRows(committed).includes(row))).toEqual([]);
});

it("has all of its parts", () => {
  expect(Object.keys(tables).slice(1)).toEqual(["Installed by npm", "Milvus Lite", "Built into it"]);
  expect(
    Object.values(tables)
      .slice(1)
      .map((rows) => rows.length > 5),
  ).toEqual([true, true, true]);
  expect(tables["Built into it"]!.map(([name]) => name)).toEqual(
    expect.arrayContaining(["react", "urql", "@huggingface/jinja"]),
  );
});

it("finds only licences that go with Apache-2.0", () => {
  const rows = Object.values(tables).flat();
  const named = rows.map((row) => [
    row[0],
    ...row
      .at(-1)!
      .split(/ AND | OR |[()]/)
      .filter(Boolean),
  ]);
  expect(
    named.flatMap(([name, ...licences]) => licences.filter((one) => !ALLOWED.includes(one!)).map((one) => [name, one])),
  ).toEqual([]);
});
