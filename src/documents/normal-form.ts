/**
 * A client's key as it is stored and looked for: in Unicode's normal form C, so that "é" is one key, whether it came as one
 * character or as an e with an accent.
 */
export const normalKey = (key: string): string => key.normalize("NFC");

/** White space, control characters, and what Unicode calls ignorable by default or draws as an empty cell. */
// eslint-disable-next-line no-control-regex -- that control characters show nothing is the point
const SHOWN = /[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/u;

/** Whether a text shows nothing: it is empty, or all its characters are invisible. */
export const isBlank = (text: string): boolean => !SHOWN.test(text);
