// npm run check:node: the unit tests on every Node of checks/nodes.mjs, or on those that are named.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { rootFolder } from "../scripts/setup/folders.mjs";
import { installNode, NODES } from "./nodes.mjs";

const JEST = join(rootFolder, "node_modules/jest/bin/jest.js");
const named = process.argv.slice(2);

async function unitTestsOn(node) {
  const env = { ...process.env, PATH: `${await installNode(node)}:${process.env.PATH}` };
  const args = [JEST, "test/unit", "--maxWorkers=1", "--silent"];
  const child = spawn("node", args, { cwd: rootFolder, env, stdio: ["ignore", "inherit", "pipe"] });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) process.stderr.write(said);
  return { code, summary: /^Tests: +(.*)$/m.exec(said)?.[1] ?? "no test ran" };
}

const figures = [];
for (const node of NODES.filter(({ version }) => named.length === 0 || named.includes(version))) {
  const { code, summary } = await unitTestsOn(node);
  figures.push(`Node ${node.version}: ${summary}`);
  if (code !== 0) process.exitCode = 1;
}
if (figures.length === 0) {
  console.error(`There is no such Node; there are ${NODES.map(({ version }) => version).join(", ")}.`);
  process.exitCode = 1;
}
for (const line of figures) console.log(line);
