import { useMutation } from "urql";
import { CancelIngestionDocument, ResumeIngestionDocument, RetryIngestionDocument } from "../generated/operations";
import { FaultNotice } from "../hits/fault-notice";
import { START } from "../place/place";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { Failures } from "./failures";
import { IngestionBar } from "./ingestion-bar";
import { PdfsInWork } from "./pdfs-in-work";
import { isOver, useProgress } from "./use-progress";

const said = texts.ingestion;

/** One ingestion: how far it is, what failed, and what can be done about it. */
export function IngestionPanel({ id }: { readonly id: string }) {
  const { ingestion, error, watch } = useProgress(id);
  const [, cancel] = useMutation(CancelIngestionDocument);
  const [, resume] = useMutation(ResumeIngestionDocument);
  const [, retry] = useMutation(RetryIngestionDocument);
  const { go } = usePlace();
  if (error) return <FaultNotice error={error} onAgain={watch} />;
  if (ingestion === null) return <section className="ingestion" aria-busy="true" />;
  const over = isOver(ingestion);
  return (
    <section className="ingestion" aria-label={said.progress} aria-busy={!over}>
      <IngestionBar ingestion={ingestion} />
      <p className="add-actions">
        {!over && (
          <button type="button" onClick={() => void cancel({ id })}>
            {said.cancel}
          </button>
        )}
        {ingestion.state === "CANCELLED" && ingestion.cancelled > 0 && (
          <button type="button" onClick={() => void resume({ id }).then(watch)}>
            {said.resume}
          </button>
        )}
        {over && ingestion.failed > 0 && (
          <button type="button" onClick={() => void retry({ id }).then(watch)}>
            {said.retry}
          </button>
        )}
        {ingestion.ingested + ingestion.duplicates > 0 && (
          <button type="button" onClick={() => go(START)}>
            {said.see}
          </button>
        )}
      </p>
      <PdfsInWork pdfs={ingestion.pdfsInWork} />
      {ingestion.failed > 0 && <Failures key={`${ingestion.state}-${ingestion.failed}`} id={id} />}
    </section>
  );
}
