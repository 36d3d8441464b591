import { useProgress } from "./use-progress";

/** Follows an ingestion on every view: when it is over, what was found before it is asked for again. */
export function IngestionWatch({ id }: { readonly id: string }) {
  useProgress(id);
  return null;
}
