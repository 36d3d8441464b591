import type { CombinedError } from "urql";
import { faultOf } from "../client/fault";
import { texts } from "../texts";
import { Notice } from "./notice";

interface FaultNoticeProps {
  readonly error: CombinedError;
  /** Tries again; left out where there is nothing to try. */
  readonly onAgain?: () => void;
}

/** That the server did not do what it was asked, and why. */
export function FaultNotice({ error, onAgain }: FaultNoticeProps) {
  const again = onAgain && { action: texts.faults.again, onAction: onAgain };
  return <Notice isFault title={texts.faults.title} hint={faultOf(error).message} {...again} />;
}
