import { useMemo, useState, type KeyboardEvent } from "react";
import type { GapPoint } from "./modality-gap-data";

export interface Walk {
  /** The point that the keys are at; null: none yet. */
  readonly current: GapPoint | null;
  onKeyDown(event: KeyboardEvent): void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Going from point to point with the arrow keys, from left to right; Enter opens the one that is reached. */
export function useWalk(points: readonly GapPoint[], onOpen: (documentId: string) => void): Walk {
  const inOrder = useMemo(() => points.toSorted((a, b) => a.x - b.x), [points]);
  const [at, setAt] = useState<number | null>(null);
  const current = at === null ? null : (inOrder[at] ?? null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === "Enter" && current) {
      // Else the key goes on to the button that has the focus by then, which closes what was opened.
      event.preventDefault();
      onOpen(current.document.id);
    }
    if (step === undefined || inOrder.length === 0) return;
    event.preventDefault();
    setAt((before) => (before === null ? 0 : (before + step + inOrder.length) % inOrder.length));
  };
  return { current, onKeyDown };
}
