import { setImmediate as nextTurn } from "node:timers/promises";
import type { Passage } from "../../documents/document";
import { sentencesIn } from "../../documents/segments";
import { cutLong } from "./cut-long";
import type { CountTokens, Piece } from "./piece";

export interface PassageSize {
  /** How many tokens a passage has at most. */
  readonly tokens: number;
  /** How many of them the next one begins with again, at most. */
  readonly overlap: number;
}

/** Of the event loop: some milliseconds of work. */
const SEGMENTS_A_TURN = 500;

/**
 * A text in overlapping passages, from its start to its end: whole sentences as many as fit, up to the end of a paragraph where
 * one is near; a sentence that is too long is cut between words. No passage begins or ends with white space.
 */
export async function splitText(text: string, size: PassageSize, count: CountTokens): Promise<Passage[]> {
  const sentences = await sentencesOf(text);
  const tokens = await count(sentences.map(({ start, end }) => text.slice(start, end)));
  const pieces = sentences.map((one, i): Piece => ({ tokens: tokens[i]!, ...one }));
  const passages = packed(await cutLong(text, pieces, size.tokens, count), size);
  return passages.map((one) => trimmed(text, one)).filter(({ start, end }) => end > start);
}

/** White space goes with what comes before it. */
async function sentencesOf(text: string): Promise<Omit<Piece, "tokens">[]> {
  const sentences: { start: number; end: number; endsParagraph: boolean }[] = [];
  let segments = 0;
  for (const { segment, index } of sentencesIn(text)) {
    if (++segments % SEGMENTS_A_TURN === 0) await nextTurn();
    const last = sentences.at(-1);
    if (last !== undefined && segment.trim() === "") last.end = index + segment.length;
    else sentences.push({ start: index, end: index + segment.length, endsParagraph: false });
  }
  for (const one of sentences) one.endsParagraph = endsParagraph(text.slice(one.start, one.end));
  return sentences;
}

/** With an empty line, or the character for it. */
function endsParagraph(sentence: string): boolean {
  const space = sentence.slice(sentence.trimEnd().length);
  return space.includes("\u2029") || space.indexOf("\n") !== space.lastIndexOf("\n");
}

/** Pieces put together, each passage beginning with the last ones of the passage before. */
function packed(pieces: readonly Piece[], size: PassageSize): Passage[] {
  const passages: Passage[] = [];
  for (let from = 0; from < pieces.length;) {
    const to = endOf(pieces, from, size.tokens);
    passages.push({ start: pieces[from]!.start, end: pieces[to - 1]!.end });
    if (to === pieces.length) break;
    from = overlapFrom(pieces, from, to, size);
  }
  return passages;
}

/** Behind the last piece that fits, or the last paragraph if at least half a passage comes before its end. */
function endOf(pieces: readonly Piece[], from: number, most: number): number {
  let [to, tokens, paragraph] = [from, 0, from];
  while (to < pieces.length && (to === from || tokens + pieces[to]!.tokens <= most)) {
    tokens += pieces[to++]!.tokens;
    if (pieces[to - 1]!.endsParagraph && 2 * tokens >= most) paragraph = to;
  }
  return to < pieces.length && paragraph > from ? paragraph : to;
}

/** The first of the last pieces that the overlap has room for, so that a new piece fits behind them. */
function overlapFrom(
  pieces: readonly Piece[],
  from: number,
  to: number,
  { tokens: most, overlap }: PassageSize,
): number {
  const room = Math.min(overlap, most - pieces[to]!.tokens);
  let [start, tokens] = [to, 0];
  while (start - 1 > from && tokens + pieces[start - 1]!.tokens <= room) tokens += pieces[--start]!.tokens;
  return start;
}

function trimmed(text: string, { start, end }: Passage): Passage {
  const piece = text.slice(start, end);
  return { start: end - piece.trimStart().length, end: start + piece.trimEnd().length };
}
