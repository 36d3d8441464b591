import type { CSSProperties } from "react";
import type { ProgressFragment } from "../generated/operations";
import { texts } from "../texts";

const said = texts.ingestion;

/** How far an ingestion is: a bar of what is new, known and failed, and the same in words. */
export function IngestionBar({ ingestion }: { readonly ingestion: ProgressFragment }) {
  const { state, total, pending, ingested, duplicates, failed, itemsPerSecond, secondsLeft } = ingestion;
  const width = (items: number) => ({ "--share": total > 0 ? items / total : 0 }) as CSSProperties;
  return (
    <>
      <p className="ingestion-head">
        <strong>{said.states[state]}</strong> {said.of(total - pending, total)}
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-label={said.progress}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={total - pending}
      >
        <i className="bar-new" style={width(ingested)} />
        <i className="bar-known" style={width(duplicates)} />
        <i className="bar-failed" style={width(failed)} />
      </div>
      <p className="faint" role="status">
        {[
          said.ingested(ingested),
          duplicates > 0 && said.duplicates(duplicates),
          failed > 0 && said.failed(failed),
          itemsPerSecond ? said.rate(itemsPerSecond) : null,
          secondsLeft ? said.left(secondsLeft) : null,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </>
  );
}
