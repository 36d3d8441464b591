import { useMemo } from "react";
import { usePlace } from "../place/use-place";
import { texts } from "../texts";
import { GapHistogram } from "./gap-histogram";
import { GapPlot } from "./gap-plot";
import { pointsOf, type ModalityGapData } from "./modality-gap-data";

const said = texts.gap;

/** The gap between texts and pictures: how wide it is, and a map on which one sees it. */
export function ModalityGap({ gap }: { readonly gap: ModalityGapData }) {
  const { go } = usePlace();
  const points = useMemo(() => pointsOf(gap), [gap]);
  const { centroidDistance, centroidCosine, withinText, withinImage, across } = gap;
  return (
    <section className="gap">
      <h2>{said.title}</h2>
      <p className="faint">{said.about}</p>
      <GapPlot points={points} onOpen={(documentId) => go({ documentId })} />
      <dl className="facts">
        <div>
          <dt>{said.distance}</dt>
          <dd>{centroidDistance.toFixed(3)}</dd>
        </div>
        <div>
          <dt>{said.cosine}</dt>
          <dd>{centroidCosine.toFixed(3)}</dd>
        </div>
      </dl>
      <h3>{said.similarities}</h3>
      <GapHistogram name={said.withinText} hue="TEXT" similarities={withinText} />
      <GapHistogram name={said.withinImage} hue="IMAGE" similarities={withinImage} />
      <GapHistogram name={said.across} hue="ACROSS" similarities={across} />
    </section>
  );
}
