import type { FindQuery } from "./generated/operations.js";

type Hit = FindQuery["search"]["nodes"][number];

/** A kind of hit that is forgotten here does not compile. */
function describe(hit: Hit): string {
  switch (hit.__typename) {
    case "TextHit":
      return `text   ${hit.document.text}`;
    case "ImageHit":
      return `image  ${hit.document.caption ?? ""} ${hit.document.thumbnailUrl}`;
  }
}

export function show({ search }: FindQuery): void {
  for (const hit of search.nodes) console.log(`${hit.rank}. ${describe(hit)}`);
}

export const [url = "http://127.0.0.1:4000", words = "red cats"] = process.argv.slice(2);
