import type { PlainOutcome } from "./plain-outcome";

/** Parent to child. The first message of a life carries the init value, each later one a request. */
export interface Message<T> {
  readonly id: number;
  readonly body: T;
}

/** Child to parent: what became of the message with this id. */
export interface Reply<T> {
  readonly id: number;
  readonly outcome: PlainOutcome<T>;
}
