import type { MouseEvent } from "react";
import { ExploreLinks } from "./explore-links";
import { toAddress } from "./place/address";
import { START, VIEWS } from "./place/place";
import { usePlace } from "./place/use-place";
import { texts } from "./texts";

/** The name of the page, its views, and where its API can be explored. */
export function PageHeader() {
  return (
    <header className="header">
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <PlaceLink to={START} className="brand">
        <img src="./icon.svg" alt="" width="24" height="24" />
        {texts.name}
      </PlaceLink>
      <Views />
      <ExploreLinks />
    </header>
  );
}

function Views() {
  const { place } = usePlace();
  return (
    <nav className="views" aria-label={texts.nav.label}>
      {VIEWS.map((view) => (
        <PlaceLink key={view} to={{ ...place, view, documentId: null }} current={view === place.view}>
          {texts.nav[view]}
        </PlaceLink>
      ))}
    </nav>
  );
}

interface PlaceLinkProps {
  readonly to: typeof START;
  readonly className?: string;
  readonly current?: boolean;
  readonly children: React.ReactNode;
}

/** A link within the page; opens in a new tab as any other does. */
function PlaceLink({ to, className, current, children }: PlaceLinkProps) {
  const { go } = usePlace();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  const href = toAddress(to) || "./";
  return (
    <a href={href} className={className} aria-current={current ? "page" : undefined} onClick={follow}>
      {children}
    </a>
  );
}
