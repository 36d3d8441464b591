import type { Citation } from "./answer";
import { cite } from "./cite";
import { openMarkerAt, readMarkers, type Marker } from "./markers";
import { addressesIn, toPlainText } from "./plain-text";
import { NO_ANSWER } from "./prompt";
import type { Source } from "./source";

/** Where words may end: before white space and behind punctuation of scripts that write none. */
const WORD_END = /\s+(?=\S*$)|(?<=[。！？，、；])(?=[^。！？，、；]*$)/;
/** A word that does not end is passed on in pieces. */
const LONGEST_WORD = 400;
/** Of an endless word: not so near to its end that an address's beginning is cut in two. */
const KEPT_BACK = 64;
/** What models put around a word that is to stand alone. */
const AROUND = /^[\s"'`*_]+/;

/** A model's answer as it comes in pieces, made plain text with markers of sources that there are. */
export class AnswerText {
  readonly #known: ReadonlySet<string>;
  readonly #markers: Marker[] = [];
  #pending = "";
  #text = "";
  #dropped = 0;
  #isRefusal = false;

  constructor(
    private readonly sources: readonly Source[],
    private readonly maxLength: number,
  ) {
    this.#known = addressesIn(sources.map(({ text }) => text));
  }

  /** What can be shown of it by now, besides what was shown before. */
  add(piece: string): string {
    this.#pending += piece;
    if (this.#text === "" && this.#maySayNothing()) return "";
    return this.#take(this.#settledLength());
  }

  /** The rest, once all has come. */
  end(): string {
    return this.#text === "" && this.#maySayNothing() ? "" : this.#take(this.#pending.length);
  }

  get text(): string {
    return this.#text;
  }

  get isFull(): boolean {
    return this.#text.length >= this.maxLength;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Whether it says that the sources hold no answer, at once or instead of naming any. */
  get isRefusal(): boolean {
    return this.#isRefusal && this.#markers.length === 0;
  }

  citations(): Citation[] {
    return cite(this.#text, this.#markers, this.sources);
  }

  /** Whether what has come is the word for no answer, or may become it. */
  #maySayNothing(): boolean {
    const begun = this.#pending.replace(AROUND, "");
    if (begun.startsWith(NO_ANSWER)) this.#isRefusal = true;
    return this.#isRefusal || NO_ANSWER.startsWith(begun);
  }

  /** How much of what is pending no later piece can change. */
  #settledLength(): number {
    const words = WORD_END.exec(this.#pending)?.index ?? 0;
    const end = this.#pending.length - words > LONGEST_WORD ? betweenCharacters(this.#pending) : words;
    return openMarkerAt(this.#pending.slice(0, end)) ?? end;
  }

  #take(length: number): string {
    const words = this.#pending.slice(0, length);
    this.#pending = this.#pending.slice(length);
    if (words.includes(NO_ANSWER)) this.#isRefusal = true;
    const plain = toPlainText(words.replaceAll(NO_ANSWER, ""), this.#known);
    const { text, markers, dropped } = readMarkers(plain, this.sources.length);
    const shown = (this.#text === "" ? text.trimStart() : text).slice(0, this.maxLength - this.#text.length);
    const moved = this.#text.length - (this.#text === "" ? text.length - text.trimStart().length : 0);
    this.#dropped += dropped;
    for (const { start, end, source } of markers) {
      if (end + moved <= this.#text.length + shown.length) {
        this.#markers.push({ start: Math.max(0, start + moved), end: end + moved, source });
      }
    }
    this.#text += shown;
    return shown;
  }
}

function betweenCharacters(word: string): number {
  const at = word.length - KEPT_BACK;
  return /[\udc00-\udfff]/.test(word[at]!) ? at - 1 : at;
}
