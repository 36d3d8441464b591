import { rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./folders.mjs";
import { installVenv, isInstalledVenv } from "./install-venv.mjs";
import { step } from "./step.mjs";

const SERVERS = [
  {
    name: "Milvus",
    megabytes: 81,
    folder: join(cacheFolder, "test-milvus"),
    // The last Milvus server that was published as a Python package; it imports pkg_resources, gone from setuptools 81.
    packages: ["milvus==2.3.5", "setuptools<81"],
    instead: "Milvus Lite stays",
  },
  {
    name: "S3",
    megabytes: 317,
    folder: join(cacheFolder, "test-s3"),
    packages: ["moto[server]==5.2.5"],
    instead: "the media folder stays",
  },
];

/** Installs real servers for the contract tests; where there is none for this platform, says so and goes on. */
export async function installTestServers() {
  for (const server of SERVERS) {
    const { name, megabytes, folder, packages } = server;
    await step(
      `installing a server for the tests: ${name} (${megabytes} MB)`,
      () => isInstalledVenv(folder, packages.join(" ")),
      () => installOrExplain(server),
    );
  }
}

async function installOrExplain({ name, folder, packages, instead }) {
  try {
    await installVenv(folder, packages.join(" "), packages);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.error(`setup: ${error.message}`);
    console.error(`setup: no ${name} server here: the tests that need one will be LEFT OUT; ${instead}.`);
  }
}
