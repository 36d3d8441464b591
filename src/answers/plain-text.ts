/** Schemes and forms of addresses that a reader may load or follow. */
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]{0,30}:\/\/|\/\/(?=[\w-]+\.)|\bwww\.|\b(?:javascript|vbscript|data):)[^\s<>"'`()[\]{}|\\^]+/gi;
const AFTER_ADDRESS = /[.,;:!?*_~]+$/;
const LEFT_OUT = "(address left out)";

/** Control characters but for line breaks and tabs, and what turns the direction of writing or is not seen. */
// eslint-disable-next-line no-control-regex -- they are what is meant
const UNSEEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** The addresses that some texts hold. */
export function addressesIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((text) => text.match(ADDRESS) ?? []).map((address) => address.replace(AFTER_ADDRESS, "")),
  );
}

/**
 * A model's words as plain text: nothing in it is a tag, a link or a picture for whoever reads it as HTML or Markdown, and
 * addresses that are not among the `known` are left out. Takes whole words.
 */
export function toPlainText(words: string, known: ReadonlySet<string>): string {
  return words
    .replace(UNSEEN, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/(?: ?\n){3,}/g, "\n\n")
    .replace(/<(?=[a-z/!?])/gi, "‹")
    .replace(/!(?=\[)/g, "")
    .replace(/\](?=\()/g, "] ")
    .replace(/^(\s*)\[([^\]]*)\]:/gm, "$1[$2] :")
    .replace(ADDRESS, (found) => {
      const after = AFTER_ADDRESS.exec(found)?.[0] ?? "";
      const address = found.slice(0, found.length - after.length);
      return (known.has(address) ? address : LEFT_OUT) + after;
    });
}
