import { useQuery } from "urql";
import { DocumentDocument } from "../generated/operations";
import { Icon } from "../icon";
import { keptPicture, pictureQuery } from "../parts/kept-pictures";
import type { Part } from "../place/search-state";
import { texts } from "../texts";
import { WeightControl } from "./weight-control";

interface PartChipProps {
  readonly part: Part;
  readonly onWeight: (weight: number) => void;
  readonly onRemove: () => void;
}

interface Looks {
  readonly name: string;
  readonly picture?: string | undefined;
  readonly gone?: boolean;
}

/** One part of the query: what it is, its weight, and taking it away. */
export function PartChip({ part, onWeight, onRemove }: PartChipProps) {
  const { name, picture, gone = false } = useLooks(part);
  return (
    <li
      className="chip"
      data-away={part.weight < 0 || undefined}
      data-gone={gone || undefined}
      title={gone ? texts.query.gone : name}
    >
      {picture ? (
        <img className="chip-picture" src={picture} alt="" />
      ) : (
        <Icon name={part.kind === "text" ? "text" : "picture"} />
      )}
      <span className="chip-name">{gone ? texts.query.gone : name}</span>
      {!gone && <WeightControl name={name} weight={part.weight} onWeight={onWeight} />}
      <button type="button" className="quiet small" aria-label={texts.query.remove(name)} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </li>
  );
}

function useLooks({ kind, value }: Part): Looks {
  const pause = kind !== "document";
  const [{ data }] = useQuery({ query: DocumentDocument, variables: { id: value }, pause });
  if (kind === "text") return { name: value };
  if (kind === "url") return { name: value.replace(/^https?:\/\//, "") };
  if (kind === "picture") {
    const { name, previewUrl } = keptPicture(value) ?? {};
    return { name: name ?? texts.query.aPicture, picture: previewUrl, gone: pictureQuery(value) === null };
  }
  const document = pause ? null : data?.document;
  if (document?.__typename === "TextDocument") return { name: document.text };
  if (document?.__typename === "ImageDocument") {
    return { name: document.caption ?? texts.query.aPicture, picture: document.preview };
  }
  return { name: texts.query.aDocument };
}
