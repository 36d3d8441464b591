/**
 * Brings Milvus Lite into a cache folder, when it is not there: what an installed package does on first use.
 *
 *   node scripts/install-milvus-lite.mjs FOLDER
 *
 * Prints the path of its Python; a parent gets that, or what went wrong, as a message. Node built-ins only.
 */
import { resolve } from "node:path";
import { installMilvusLiteInCache } from "./setup/install-milvus-lite.mjs";

const [folder] = process.argv.slice(2);

async function install() {
  if (folder === undefined) throw new Error("the folder is missing: node scripts/install-milvus-lite.mjs FOLDER");
  return installMilvusLiteInCache(resolve(folder));
}

install().then(
  (python) => (process.send ? process.send({ python }) : console.log(python)),
  (error) => {
    if (process.send) process.send({ failure: error.message });
    else console.error(`setup: ${error.message}`);
    process.exitCode = 1;
  },
);
