import { createRequire } from "node:module";
import { loadWhenUsed } from "../when-used";

// With it Transformers.js decodes pictures, which the processes of models get decoded.
loadWhenUsed(createRequire(__filename), "sharp");
