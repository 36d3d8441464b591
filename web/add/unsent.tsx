import { texts } from "../texts";
import type { Unsent as UnsentFile } from "./send";

interface UnsentProps {
  readonly unsent: readonly UnsentFile[];
  readonly onAgain: () => void;
}

/** Files that could not be sent, and why. */
export function Unsent({ unsent, onAgain }: UnsentProps) {
  return (
    <section className="failures" aria-label={texts.add.unsent}>
      <h2>{texts.add.unsent}</h2>
      <ul>
        {unsent.map(({ file, reason }, at) => (
          <li key={at}>
            <strong>{file.name}</strong> {reason}
          </li>
        ))}
      </ul>
      <button type="button" onClick={onAgain}>
        {texts.add.resend}
      </button>
    </section>
  );
}
