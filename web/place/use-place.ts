import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import { fromAddress, toAddress } from "./address";
import { START, type Place } from "./place";

export interface PlaceControl {
  readonly place: Place;
  /** Goes elsewhere: a step that "back" undoes, unless it `replaces` the one that is shown. */
  go(change: Partial<Place>, replaces?: boolean): void;
}

export const PlaceContext = createContext<PlaceControl>({ place: START, go: () => undefined });
export const usePlace = (): PlaceControl => useContext(PlaceContext);

const MOVED = "parallax:moved";

function subscribe(onMove: () => void): () => void {
  window.addEventListener("popstate", onMove);
  window.addEventListener(MOVED, onMove);
  return () => {
    window.removeEventListener("popstate", onMove);
    window.removeEventListener(MOVED, onMove);
  };
}

/** The address bar as state: where somebody is, and going elsewhere. */
export function useAddressPlace(): PlaceControl {
  const address = useSyncExternalStore(subscribe, () => window.location.search);
  const place = useMemo(() => fromAddress(address), [address]);
  const go = useCallback((change: Partial<Place>, replaces = false) => {
    const next = window.location.pathname + toAddress({ ...fromAddress(window.location.search), ...change });
    if (replaces) window.history.replaceState(null, "", next);
    else window.history.pushState(null, "", next);
    window.dispatchEvent(new Event(MOVED));
  }, []);
  return useMemo(() => ({ place, go }), [place, go]);
}
