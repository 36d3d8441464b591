import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { contractFiles } from "./contract-files";

const folder = join(__dirname, "../../../schema");
for (const [name, text] of Object.entries(contractFiles())) writeFileSync(join(folder, name), text);
