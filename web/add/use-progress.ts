import { useState } from "react";
import { useSubscription, type CombinedError } from "urql";
import { STREAM } from "../client/stream";
import { IngestionProgressDocument, type ProgressFragment } from "../generated/operations";

export interface Progress {
  readonly ingestion: ProgressFragment | null;
  readonly error: CombinedError | undefined;
  /** Watches again one that was over and has been taken up. */
  watch(): void;
}

/** An ingestion as it goes on. */
export function useProgress(id: string): Progress {
  const [{ data, error }, execute] = useSubscription({
    query: IngestionProgressDocument,
    variables: { id },
    context: STREAM,
  });
  const [last, setLast] = useState<ProgressFragment | null>(null);
  const now = data?.ingestionProgress ?? null;
  if (now !== null && now !== last) setLast(now);
  return { ingestion: last, error, watch: () => execute(STREAM) };
}

/** Whether nothing will happen to it any more unless somebody asks. */
export const isOver = ({ state }: ProgressFragment): boolean => state !== "QUEUED" && state !== "RUNNING";
