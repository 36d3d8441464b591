import { Field, ID, InterfaceType } from "type-graphql";
import type { Document } from "../documents/document";
import type { Job } from "../ports/ledger";

@InterfaceType({
  description: "What `node(id)` finds again by its id alone (Relay's global object identification).",
  resolveType: (node: Document | Job) => {
    if (!("modality" in node)) return "Ingestion";
    return node.modality === "text" ? "TextDocument" : "ImageDocument";
  },
})
export abstract class Node {
  @Field(() => ID, { description: "Opaque and global: no two nodes share one; `node(id)` takes it." })
  id!: string;
}
