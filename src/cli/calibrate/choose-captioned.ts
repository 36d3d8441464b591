import { AppError } from "../../errors";
import { LEAST_CAPTIONED, MOST_CAPTIONED } from "../../search/ranking/captioned-sample";
import type { Captioned, FoundCaptioned } from "./find-captioned";

/** As many as are used, drawn evenly from all. Throws BAD_USER_INPUT that tells why there are too few. */
export function chooseCaptioned({
  captioned,
  failures,
  withoutCaption,
  repeated,
}: FoundCaptioned): readonly Captioned[] {
  if (captioned.length >= LEAST_CAPTIONED) return evenly(captioned);
  const all = captioned.length + failures.length + withoutCaption + repeated;
  if (all === 0)
    throw wrong("There are no pictures. Name a folder with pictures, or a list with the columns image and caption.");
  if (captioned.length === 0 && failures.length < all)
    throw wrong(
      `None of ${all} has a caption. Name the files by what they show ("red cat.jpg"), or put a list with the columns image and caption beside them.`,
    );
  throw wrong(
    `At least ${LEAST_CAPTIONED} pictures with different captions are needed, 200 and more are better. Of ${all} there are ` +
      `${captioned.length}; ${withoutCaption} have no caption, ${repeated} one that was there before, ${failures.length} cannot be read.`,
  );
}

const evenly = (all: readonly Captioned[]): readonly Captioned[] =>
  all.length <= MOST_CAPTIONED
    ? all
    : Array.from({ length: MOST_CAPTIONED }, (_, i) => all[Math.floor((i * all.length) / MOST_CAPTIONED)]!);

const wrong = (message: string): AppError => new AppError("BAD_USER_INPUT", message);
