import { Children, useEffect, useRef, type ReactNode } from "react";
import { texts } from "../texts";

interface CardGridProps {
  readonly loading: boolean;
  /** What is shown is about to be replaced or added to. */
  readonly stale: boolean;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly children: ReactNode;
}

const PLACEHOLDERS = 18;
/** In place of what comes next: without them the last row would be laid out anew in sight when it comes. */
const PLACEHOLDERS_BEHIND = 8;
/** How far below the window the next page is asked for, in pixels. */
const AHEAD = "1000px";

/** Cards in rows of one height, in the order of their ranks; goes on when its end comes near. */
export function CardGrid({ loading, stale, hasMore, onMore, children }: CardGridProps) {
  // What stands behind the cards is made anew at its new place instead of jumping there.
  const count = Children.count(children);
  return (
    <>
      <ol className="cards" data-stale={stale || undefined} data-more={hasMore || undefined}>
        {loading ? placeholders(PLACEHOLDERS, "first") : children}
        {!loading && hasMore && placeholders(PLACEHOLDERS_BEHIND, `after ${count}`)}
      </ol>
      {hasMore && <End key={count} onMore={onMore} />}
    </>
  );
}

const placeholders = (count: number, place: string): ReactNode[] =>
  Array.from({ length: count }, (_, at) => <Placeholder key={`${place}, ${at}`} />);

const Placeholder = () => (
  <li className="card placeholder" aria-hidden="true">
    <div className="card-content" />
    <div className="card-foot" />
  </li>
);

function End({ onMore }: { readonly onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more.current(), {
      rootMargin: AHEAD,
    });
    // Its own name for it: the timer may come once more between the element's going and the effect's end.
    const element = end.current!;
    observer.observe(element);
    // A page may be so short that its end stays in sight, which is no news to the observer.
    const timer = setInterval(() => {
      const { top } = element.getBoundingClientRect();
      if (top < window.innerHeight + Number.parseInt(AHEAD, 10)) more.current();
    }, 500);
    return () => {
      observer.disconnect();
      clearInterval(timer);
    };
  }, []);
  return (
    <div ref={end} className="grid-end">
      <button type="button" onClick={onMore}>
        {texts.hits.more}
      </button>
    </div>
  );
}
