import { Card } from "./card";
import { LikeButton } from "./like-button";
import { ModalityMark } from "./modality-mark";
import { isImage, type CardDocument } from "./stored-document";

/** A stored document in the grid. */
export function DocumentCard({ document }: { readonly document: CardDocument }) {
  return (
    <Card document={document}>
      <ModalityMark document={document} />
      <span className="card-caption">{isImage(document) ? document.caption : ""}</span>
      <LikeButton document={document} />
    </Card>
  );
}
