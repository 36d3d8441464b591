import type { CSSProperties, ReactNode } from "react";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { Picture } from "./picture";
import { isImage, nameOf, ratioOf, type CardDocument } from "./stored-document";

interface CardProps {
  readonly document: CardDocument;
  /** Shown in place of a long text's beginning. */
  readonly passage?: string | undefined;
  readonly children: ReactNode;
}

/** A document in the grid; opens it. Its foot is what the list has to say of it. */
export function Card({ document, passage, children }: CardProps) {
  const { go } = usePlace();
  const style = { "--ratio": ratioOf(document).toFixed(3) } as CSSProperties;
  return (
    <li className="card" style={style} data-modality={isImage(document) ? "IMAGE" : "TEXT"} data-document={document.id}>
      <button type="button" className="card-content" onClick={() => go({ documentId: document.id })}>
        <span className="unseen">{texts.hits.open(isImage(document) ? nameOf(document) : "")}</span>
        {isImage(document) ? (
          <Picture document={document} />
        ) : (
          <TextContent text={passage === undefined ? document.text : `… ${passage} …`} />
        )}
      </button>
      <div className="card-foot">{children}</div>
    </li>
  );
}

const SHORT_TEXT = 60;

const TextContent = ({ text }: { readonly text: string }) => (
  <span className="card-text" data-short={text.length <= SHORT_TEXT || undefined}>
    {text}
  </span>
);
