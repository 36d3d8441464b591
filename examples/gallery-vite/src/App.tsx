import { SearchByTextDocument, type SearchHitFieldsFragment } from "parallax-search-schema";
import { useState, type JSX } from "react";
import { useQuery } from "urql";

/** A kind of hit that is forgotten here does not compile. */
function Hit({ hit }: { hit: SearchHitFieldsFragment }): JSX.Element {
  switch (hit.__typename) {
    case "TextHit":
      return <blockquote>{hit.document.text}</blockquote>;
    case "ImageHit":
      return (
        <a href={hit.document.url}>
          <img src={hit.document.thumbnailUrl} alt={hit.document.caption ?? ""} loading="lazy" />
        </a>
      );
  }
}

/** One page of hits, and behind it the next one when it is asked for. */
function Page({ text, after }: { text: string; after: string | null }) {
  const [more, setMore] = useState(false);
  const [{ data, error, fetching }] = useQuery({
    query: SearchByTextDocument,
    variables: { input: { text }, first: 12, after },
  });
  if (error) return <p role="alert">{error.message}</p>;
  if (fetching || !data) return <p>Searching …</p>;
  const { nodes, pageInfo } = data.searchByText;
  return (
    <>
      {nodes.map((hit) => (
        <Hit key={hit.document.id} hit={hit} />
      ))}
      {more && <Page text={text} after={pageInfo.endCursor} />}
      {!more && pageInfo.hasNextPage && <button onClick={() => setMore(true)}>More</button>}
    </>
  );
}

export function App() {
  const [text, setText] = useState("red cats");
  return (
    <>
      <form action={(form) => setText(String(form.get("text")))}>
        <input name="text" type="search" defaultValue={text} aria-label="What to look for" required />
        <button>Search</button>
      </form>
      <main>
        <Page key={text} text={text} after={null} />
      </main>
    </>
  );
}
