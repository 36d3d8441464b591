import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { usePlace } from "../place/use-place";
import { isTextField } from "../text-field";

/** Whoever points precisely types as well; elsewhere a field in focus brings up a keyboard that hides the page. */
const hasKeyboard = (): boolean => window.matchMedia("(hover: hover) and (pointer: fine)").matches;

/** The search field: in focus when it appears where there is a keyboard. Below a dialog, it has it when that is closed. */
export function useSearchField(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (hasKeyboard()) field.current!.focus({ preventScroll: true });
  }, []);
  useSlash(useCallback(() => field.current?.focus({ preventScroll: true }), []));
  return field;
}

/** On views without it, `/` goes to where it is. */
export function useSlashToSearch(): void {
  const { place, go } = usePlace();
  const { view } = place;
  useSlash(useCallback(() => view !== "search" && go({ view: "search" }), [view, go]));
}

function useSlash(onSlash: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isPlain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isPlain || isTextField(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      onSlash();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [onSlash]);
}
