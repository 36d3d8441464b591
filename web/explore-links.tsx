import { serverUrl } from "./client/create-client";
import { texts } from "./texts";

/** Where the API can be explored. */
export function ExploreLinks() {
  return (
    <nav className="explore" aria-label={texts.explore.label}>
      <a href={serverUrl("graphiql")} title={texts.explorerTitles.graphiql}>
        {texts.explore.graphiql}
      </a>
      <a href={serverUrl("graphql")} title={texts.explorerTitles.sandbox}>
        {texts.explore.sandbox}
      </a>
    </nav>
  );
}
