import { useState } from "react";
import { useClient } from "urql";
import { keepPicture } from "../parts/kept-pictures";
import { takesPictures } from "../parts/takes-pictures";
import { texts } from "../texts";
import { useSearch } from "./use-search";

export interface TakePictures {
  /** Whether the server's model takes any. */
  readonly possible: boolean;
  readonly taking: boolean;
  /** Why the last one was not taken. */
  readonly problem: string | null;
  take(files: readonly File[]): void;
}

/** Makes pictures that were dropped, pasted or picked parts of the query. */
export function useTakePictures(): TakePictures {
  const client = useClient();
  const { search, change } = useSearch();
  const [taking, setTaking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    if (!takesPictures) return setProblem(texts.query.textsOnly);
    setTaking(true);
    setProblem(null);
    try {
      const tokens = await Promise.all(files.map((file) => keepPicture(client, file)));
      const parts = tokens.map((value) => ({ kind: "picture", value, weight: 1 }) as const);
      change({ parts: [...search.parts, ...parts] });
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setTaking(false);
    }
  };
  return { possible: takesPictures, taking, problem, take: (files) => void take(files) };
}
