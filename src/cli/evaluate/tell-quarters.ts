import { note } from "../terminal";

/** Tells how far long steps are, each a few times: "Drawing 160 pictures: 50 %". */
export function tellQuarters(): (what: string, done: number, total: number) => void {
  let told = "";
  return (what, done, total) => {
    const line = `${what}: ${25 * Math.floor((4 * done) / total)} % of ${total}`;
    if (line !== told) note(line);
    told = line;
  };
}
