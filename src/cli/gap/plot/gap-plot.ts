import type { ModalityGap } from "../../../search/modality-gap/modality-gap";
import { drawing } from "../../svg/drawing";
import { words } from "../../svg/words";
import { cosineLegend, cosinePanel, cosineRange } from "./cosine-panel";
import { projectionLegend, projectionPanel } from "./projection-panel";

const WIDTH = 900;
const HEIGHT = 476;
const LEGEND_BASELINE = 458;
const TOP = 44;
const LEFT = { left: 44, top: TOP, width: 400, height: 350 };
const RIGHT = { left: 500, top: TOP, width: 376, height: 350 };
const ROOM_FOR_AXIS = 52;

/** Left: where the documents lie. Right: how their cosines are spread, before and, where known, after calibration. */
export function gapPlot(gap: ModalityGap, model: string): string {
  const { text, image } = gap.sampled;
  const title = `The modality gap of ${model}, ${text} texts and ${image} pictures`;
  return drawing({ width: WIDTH, height: HEIGHT, title }, [
    words(WIDTH / 2, 22, title, "middle"),
    projectionPanel(gap.projection, LEFT),
    ...cosinePanels(gap),
    projectionLegend(LEFT.left, LEGEND_BASELINE, gap.centroidDistance),
    cosineLegend(RIGHT.left, LEGEND_BASELINE),
  ]);
}

function cosinePanels({ calibrated, ...raw }: ModalityGap): string[] {
  const range = cosineRange(calibrated === null ? [raw] : [raw, calibrated]);
  if (calibrated === null) return [cosinePanel(raw, range, "cosine, as the model gives it", RIGHT)];
  const height = (RIGHT.height - ROOM_FOR_AXIS) / 2;
  const below = RIGHT.top + height + ROOM_FOR_AXIS;
  return [
    cosinePanel(raw, range, "cosine, as the model gives it", { ...RIGHT, height }),
    cosinePanel(calibrated, range, "cosine, calibrated", { ...RIGHT, top: below, height }),
  ];
}
