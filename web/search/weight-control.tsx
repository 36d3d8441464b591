import { useEffect, useState } from "react";
import { Icon } from "../icon";
import { texts } from "../texts";

interface WeightControlProps {
  readonly name: string;
  readonly weight: number;
  readonly onWeight: (weight: number) => void;
}

const STEP = 0.25;
const MAX = 3;
const SLIDING_PAUSE_MS = 150;

/** How much a part counts, and whether it attracts or pushes away. */
export function WeightControl({ name, weight, onWeight }: WeightControlProps) {
  const [slid, setSlid] = useState<number | null>(null);
  const size = slid ?? Math.min(MAX, Math.abs(weight));
  const sign = Math.sign(weight);
  useEffect(() => {
    if (slid === null) return;
    const timer = setTimeout(() => {
      onWeight(sign * slid);
      setSlid(null);
    }, SLIDING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  const flip = sign > 0 ? texts.query.towards(name) : texts.query.away(name);
  return (
    <span className="weight">
      <button type="button" className="quiet small" aria-label={flip} title={flip} onClick={() => onWeight(-weight)}>
        <Icon name={sign > 0 ? "plus" : "minus"} />
      </button>
      <input
        type="range"
        min={STEP}
        max={MAX}
        step={STEP}
        value={size}
        aria-label={texts.query.weightOf(name)}
        aria-valuetext={String(sign * size)}
        onChange={(event) => setSlid(Number(event.target.value))}
      />
      <output className="weight-value">{sign * size}</output>
    </span>
  );
}
