import { createRequire } from "node:module";
import { loadWhenUsed } from "../../when-used";

const ofApollo = createRequire(createRequire(__filename).resolve("@apollo/server"));

// With these 91 modules Apollo Server makes a schema of type definitions. It is given one that is made.
loadWhenUsed(ofApollo, "@graphql-tools/schema");
