import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = join(__dirname, "../..");

/** A folder with the schema package in it as a front end has it: packed, and installed from the tarball without a registry. */
export interface SchemaConsumer {
  readonly folder: string;
  /** Copies an example from examples/ into the folder; where it is now. */
  copyExample(name: string): Promise<string>;
  /** Compiles the project in that folder; rejects with the compiler's output as `stdout`. */
  compile(project: string): Promise<void>;
  /** Runs a file with Node in that folder; what it printed. */
  runNode(project: string, file: string, ...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Beneath the repository, so that clients and compiler come from its node_modules. */
export async function makeSchemaConsumer(): Promise<SchemaConsumer> {
  await mkdir(join(root, ".cache"), { recursive: true });
  const folder = await mkdtemp(join(root, ".cache", "consumer-"));
  const { stdout } = await npm(root, "pack", "./schema", "--pack-destination", folder, "--json");
  const tarball = tarballIn(stdout);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  await npm(folder, "install", "--offline", `./${tarball}`);
  return {
    folder,
    copyExample: async (name) => {
      const project = join(folder, name);
      await cp(join(root, "examples", name), project, { recursive: true, filter: isSource });
      return project;
    },
    compile: async (project) => void (await runNode(project, join(root, "node_modules/typescript/bin/tsc"))),
    runNode,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a script says; when it fails, the error's message is all that it said. */
const runNode: SchemaConsumer["runNode"] = (cwd, file, ...args) =>
  run(process.execPath, [file, ...args], { cwd }).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => Promise.reject(new Error(stdout + stderr)),
  );

const npm = (cwd: string, ...args: string[]) =>
  run("npm", [...args, "--ignore-scripts", "--no-audit", "--no-fund"], { cwd });

/** npm has answered `pack --json` as a list and as an object by name. */
function tarballIn(json: string): string {
  const answer = JSON.parse(json) as Record<string, { filename: string }>;
  return Object.values(answer)[0]!.filename;
}

const isSource = (path: string): boolean => !/[\\/](node_modules|dist)$/.test(path);
