import { Icon } from "../icon";
import { texts } from "../texts";
import { isImage, type CardDocument } from "./stored-document";

/** Whether a card is a text or a picture. */
export function ModalityMark({ document }: { readonly document: CardDocument }) {
  const name = isImage(document) ? texts.hits.image : texts.hits.text;
  return (
    <span className="mark" title={name}>
      <Icon name={isImage(document) ? "picture" : "text"} />
      <span className="unseen">{name}</span>
    </span>
  );
}
