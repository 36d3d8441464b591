import { texts } from "../texts";
import type { Similarities } from "./modality-gap-data";

interface GapHistogramProps {
  readonly name: string;
  readonly hue: "TEXT" | "IMAGE" | "ACROSS";
  readonly similarities: Similarities;
}

const HEIGHT = 40;
/** All histograms have the same axis, so that one may look from one to the next. */
const [LEAST, MOST] = [-1, 1];

/** How alike pairs are, as bars from -1 to 1. */
export function GapHistogram({ name, hue, similarities: { mean, spread, histogram } }: GapHistogramProps) {
  const highest = Math.max(...histogram.map(({ share }) => share), Number.EPSILON);
  return (
    <figure className="histogram" data-hue={hue}>
      <figcaption>
        {name} <span className="faint">{texts.gap.meanAndSpread(mean, spread)}</span>
      </figcaption>
      <svg viewBox={`${LEAST} 0 ${MOST - LEAST} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {histogram.map(({ from, to, share }) => {
          const height = (HEIGHT * share) / highest;
          return <rect key={from} x={from} y={HEIGHT - height} width={to - from} height={height} />;
        })}
      </svg>
    </figure>
  );
}
