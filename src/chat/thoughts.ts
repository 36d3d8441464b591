const BEGIN = "<think>";
const END = "</think>";

/** What some models say aloud before they answer, where their server does not keep it apart: "<think>…</think>" at the beginning. */
export class Thoughts {
  #pending = "";
  #state: "beginning" | "thinking" | "over" = "beginning";

  /** What of a piece is no thought. */
  leaveOut(piece: string): string {
    if (this.#state === "over") return piece;
    this.#pending += piece;
    const begun = this.#pending.trimStart();
    if (this.#state === "beginning" && !BEGIN.startsWith(begun)) {
      this.#state = begun.startsWith(BEGIN) ? "thinking" : "over";
    }
    if (this.#state === "over") return this.#rest(0);
    const end = this.#state === "thinking" ? this.#pending.indexOf(END) : -1;
    if (end >= 0) {
      this.#state = "over";
      return this.#rest(end + END.length);
    }
    if (this.#state === "thinking") this.#pending = BEGIN + this.#pending.slice(-END.length);
    return "";
  }

  /** What was held back, once all has come; thoughts that came to no end are none of it. */
  end(): string {
    return this.#state === "beginning" ? this.#rest(0) : "";
  }

  #rest(from: number): string {
    const rest = this.#pending.slice(from);
    this.#pending = "";
    return rest;
  }
}
