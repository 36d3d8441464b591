import type { CombinedError } from "urql";
import { texts } from "../texts";

/** What went wrong, for a person, and the server's code for it where it gave one. */
export interface Fault {
  readonly code: string | null;
  readonly message: string;
}

/** The first thing that a failed operation says. */
export function faultOf(error: CombinedError): Fault {
  const [first] = error.graphQLErrors;
  if (first) return { code: String(first.extensions?.code ?? ""), message: first.message };
  return { code: null, message: texts.faults.unreachable };
}
