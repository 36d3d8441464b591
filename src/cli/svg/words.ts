/** Words in a drawing, with their baseline at `top`. */
export const words = (left: number, top: number, line: string, anchor: "start" | "middle" | "end"): string =>
  `<text x="${left}" y="${top}" text-anchor="${anchor}">${escaped(line)}</text>`;

/** Text as XML has it. */
export const escaped = (line: string): string =>
  line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
