import { useCallback, useEffect, useReducer, useRef } from "react";
import { useClient, type CombinedError } from "urql";
import { STREAM } from "../client/stream";
import { AnswerDocument, type AnswerInput, type AnswerSubscription } from "../generated/operations";

type Event = AnswerSubscription["answer"];
export type WholeAnswer = Extract<Event, { __typename: "Answer" }>;

/** An answer as far as it has come. */
export interface AnswerState {
  readonly phase: "idle" | "writing" | "stopped" | "done" | "failed";
  readonly text: string;
  /** Ids of the documents that it is written from; "[1]" in the text is the first. */
  readonly sources: readonly string[];
  readonly whole: WholeAnswer | null;
  readonly error: CombinedError | null;
}

export interface AnswerControl extends AnswerState {
  /** Asks, or asks again. */
  ask(): void;
  /** Ends it, at the chat model too; what has come stays. */
  stop(): void;
}

type Change =
  Event | { readonly __typename: "begin" | "stop" } | { readonly __typename: "fail"; readonly error: CombinedError };

const IDLE: AnswerState = { phase: "idle", text: "", sources: [], whole: null, error: null };

/** The answer to a question, which is asked when somebody wants it. */
export function useAnswer(input: AnswerInput): AnswerControl {
  const client = useClient();
  const [state, change] = useReducer(changed, IDLE);
  const leave = useRef<() => void>(() => undefined);
  useEffect(() => () => leave.current(), []);
  const ask = useCallback(() => {
    leave.current();
    change({ __typename: "begin" });
    const { unsubscribe } = client.subscription(AnswerDocument, { input }, STREAM).subscribe(({ data, error }) => {
      if (error) change({ __typename: "fail", error });
      else if (data) change(data.answer);
    });
    leave.current = unsubscribe;
  }, [client, input]);
  const stop = useCallback(() => {
    leave.current();
    change({ __typename: "stop" });
  }, []);
  return { ...state, ask, stop };
}

function changed(state: AnswerState, change: Change): AnswerState {
  switch (change.__typename) {
    case "begin":
      return { ...IDLE, phase: "writing" };
    case "AnswerSources":
      return { ...state, sources: change.sources.map(({ document }) => document.id) };
    case "AnswerText":
      return { ...state, text: state.text + change.text };
    case "Answer":
      return { ...state, phase: "done", text: change.text, whole: change };
    case "stop":
      return state.phase === "writing" ? { ...state, phase: "stopped" } : state;
    case "fail":
      return { ...state, phase: "failed", error: change.error };
  }
}
