// Writes THIRD-PARTY.md, or prints what it should say with --print. Part of `npm run generate`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootFolder } from "./setup/folders.mjs";
import { thirdPartyText } from "./third-party/third-party-text.mjs";

const text = await thirdPartyText();
if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(join(rootFolder, "THIRD-PARTY.md"), text);
