import { counted, number } from "./counted";

/** What is said of answers. */
export const answerTexts = {
  answer: {
    label: "Answer",
    hint: (model: string) => `${model} can answer this from what is stored.`,
    ask: "Answer",
    again: "Ask again",
    stop: "Stop",
    followUp: "Ask a follow-up question",
    askFollowUp: "Ask",
    reading: (sources: number) =>
      sources === 0 ? "Looking for sources …" : `Reading ${counted(sources, "source", "sources")} …`,
    stopped: "Stopped.",
    source: (place: number) => `Show source ${place}`,
    refused: {
      NOTHING_RELEVANT: "Nothing that is stored is about this, so there is no answer.",
      NOT_IN_SOURCES: "What is stored does not hold the answer.",
    },
    uncited: "It names no source: check it.",
    truncated: "It was cut off where it became too long.",
    usage: (model: string, read: number, written: number) =>
      `${model}: ${number.format(read)} tokens read, ${number.format(written)} written.`,
  },
} as const;
