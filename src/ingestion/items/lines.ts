import { AppError } from "../../errors";

/** The lines of a UTF-8 text that comes in pieces, without their ends. Throws INVALID_UPLOAD when it is no UTF-8. */
export async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const part of bytes) {
    const whole = (rest + decode(decoder, part)).split("\n");
    rest = whole.pop()!;
    for (const line of whole) yield withoutReturn(line);
  }
  rest += decode(decoder);
  if (rest !== "") yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

/** Without bytes: what is left over at the end. */
function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw new AppError("INVALID_UPLOAD", "The uploaded list is not UTF-8 text. Encode it so.", { cause: error });
  }
}
