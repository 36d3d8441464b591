import { loadWhenUsed, ofPackage } from "../../when-used";

// With these 91 modules Apollo Server makes a schema of type definitions. It is given one that is made.
loadWhenUsed(ofPackage("@apollo/server"), "@graphql-tools/schema");
