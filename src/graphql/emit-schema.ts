import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { printContract } from "./schema";

writeFileSync(join(__dirname, "../../schema/schema.graphql"), printContract());
