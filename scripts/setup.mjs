/**
 * Brings a fresh clone into working order and does nothing when it is: npm packages, the Python environment of Milvus
 * Lite, the compiled server. Node built-ins only, since it runs before anything is installed.
 *
 *   node scripts/setup.mjs [--build] [--no-page] [--test-server] [--no-python]
 *
 * --build        compile src/ to dist/
 * --no-page      with --build, leave the search page out: for `npm run generate`, which makes what it is built from
 * --test-server  install the real servers (Milvus, S3) that the contract tests run against, where they can be had
 * --no-python    leave the Python environment out: for machines that use a Milvus server instead of Milvus Lite
 */
import { buildServer } from "./setup/build-server.mjs";
import { checkNode } from "./setup/check-node.mjs";
import { installMilvusLite } from "./setup/install-milvus-lite.mjs";
import { installPackages } from "./setup/install-packages.mjs";
import { installTestServers } from "./setup/install-test-servers.mjs";

const KNOWN_FLAGS = ["--build", "--no-page", "--test-server", "--no-python"];

async function setUp(flags) {
  const unknown = flags.find((flag) => !KNOWN_FLAGS.includes(flag));
  if (unknown) throw new Error(`unknown option ${unknown}; there are ${KNOWN_FLAGS.join(", ")}.`);
  checkNode();
  // None waits for another: one unpacks while another downloads.
  await Promise.all([
    installPackages(),
    flags.includes("--no-python") ? null : installMilvusLite(),
    flags.includes("--test-server") ? installTestServers() : null,
  ]);
  if (flags.includes("--build")) await buildServer({ withPage: !flags.includes("--no-page") });
}

setUp(process.argv.slice(2)).catch((error) => {
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
});
