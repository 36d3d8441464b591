import { useState } from "react";
import { useClient } from "urql";
import { usePlace } from "../place/use-place";
import { send, type Order, type Unsent } from "./send";

export interface Sending {
  /** How far the uploads are; null: nothing is sent now. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly unsent: readonly Unsent[];
  readonly problem: string | null;
  /** Whether all got as far as an ingestion. */
  send(order: Omit<Order, "takesPictures">): Promise<boolean>;
}

/** Sends what somebody wants stored, and shows the ingestion that it becomes. */
export function useSend(takesPictures: boolean): Sending {
  const client = useClient();
  const { go } = usePlace();
  const [progress, setProgress] = useState<Sending["progress"]>(null);
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const start = async (order: Omit<Order, "takesPictures">) => {
    const total = order.files.length;
    setProgress({ done: 0, total });
    setProblem(null);
    try {
      const sent = await send(client, { ...order, takesPictures }, (done) => setProgress({ done, total }));
      setUnsent(sent.unsent);
      if (sent.ingestionIds[0]) go({ ingestionId: sent.ingestionIds[0] });
      return sent.ingestionIds.length > 0;
    } catch (error) {
      setProblem((error as Error).message);
      return false;
    } finally {
      setProgress(null);
    }
  };
  return { progress, unsent, problem, send: start };
}
