import { sentencesIn } from "../documents/segments";
import type { Citation } from "./answer";
import type { Marker } from "./markers";
import type { Source } from "./source";

/** Nobody reads more, and each is a document of the answer. */
const MAX_CITATIONS = 100;

/**
 * What each marker of a text supports: the sentence that it stands in or right behind. Each pair of sentence and source
 * once, in the order of the text.
 */
export function cite(text: string, markers: readonly Marker[], sources: readonly Source[]): Citation[] {
  const plain = withoutMarkers(text, markers);
  const spans = [...sentencesIn(plain.text)]
    .filter(({ segment }) => segment.trim() !== "")
    .map(({ index, segment }) => ({
      from: index + segment.length - segment.trimStart().length,
      to: index + segment.trimEnd().length,
    }));
  const cited = new Map<string, Citation>();
  markers.forEach(({ source }, i) => {
    // A marker behind a full stop belongs to the sentence that ends there.
    const span = spans.findLast(({ from }) => from < plain.positions[i]!) ?? spans[0];
    const key = `${span?.from} ${source}`;
    if (span === undefined || cited.has(key) || cited.size === MAX_CITATIONS) return;
    const [start, end] = [plain.toWhole(span.from, "start"), plain.toWhole(span.to, "end")];
    const { document } = sources[source - 1]!.hit;
    cited.set(key, { source, document, start, end, text: text.slice(start, end) });
  });
  return [...cited.values()];
}

/** The text without its markers, where each was, and where its places are in the whole text. */
function withoutMarkers(text: string, markers: readonly Marker[]) {
  const positions: number[] = [];
  let [plain, from] = ["", 0];
  for (const { start, end } of markers) {
    plain += text.slice(from, start);
    positions.push(plain.length);
    from = end;
  }
  /** A sentence begins behind the markers before it, and ends before those behind it. */
  const toWhole = (place: number, edge: "start" | "end"): number =>
    markers.reduce((whole, { start, end }, i) => {
      const isBefore = edge === "start" ? positions[i]! <= place : positions[i]! < place;
      return isBefore ? whole + end - start : whole;
    }, place);
  return { text: plain + text.slice(from), positions, toWhole };
}
