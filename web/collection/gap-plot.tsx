import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import { useEffect, useRef, useState } from "react";
import { texts } from "../texts";
import type { GapPoint } from "./modality-gap-data";
import { useWalk } from "./use-walk";

interface GapPlotProps {
  readonly points: readonly GapPoint[];
  readonly onOpen: (documentId: string) => void;
}

const WIDTH = 800;
const HEIGHT = 460;
const MARGIN = 24;
const RADIUS = 4.5;
const MOST_ZOOM = 24;
const said = texts.gap;

/** Documents as points: wheel, fingers or buttons zoom, dragging moves, a point (or Enter) opens its document. */
export function GapPlot({ points, onOpen }: GapPlotProps) {
  const svg = useRef<SVGSVGElement>(null);
  const [view, setView] = useState<ZoomTransform>(zoomIdentity);
  const [behaviour] = useState(() =>
    zoom<SVGSVGElement, unknown>()
      .scaleExtent([1, MOST_ZOOM])
      .translateExtent([
        [0, 0],
        [WIDTH, HEIGHT],
      ]),
  );
  useEffect(() => {
    const drawn = select(svg.current!);
    behaviour.on("zoom", ({ transform }: { transform: ZoomTransform }) => setView(transform));
    drawn.call(behaviour);
    return () => void drawn.on(".zoom", null);
  }, [behaviour]);
  const zoomBy = (factor: number) => behaviour.scaleBy(select(svg.current!), factor);
  const place = placer(points);
  const walk = useWalk(points, onOpen);
  return (
    <div className="gap-plot">
      <svg
        ref={svg}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="application"
        aria-label={said.plot(points.length)}
        tabIndex={0}
        onKeyDown={walk.onKeyDown}
      >
        <g transform={view.toString()}>
          {points.map((point) => (
            <circle
              key={point.document.id}
              {...place(point)}
              r={RADIUS / Math.sqrt(view.k) ** 1.4}
              data-modality={point.modality}
              data-current={point === walk.current || undefined}
              onClick={() => onOpen(point.document.id)}
            />
          ))}
        </g>
      </svg>
      <p className="gap-buttons">
        <button type="button" onClick={() => zoomBy(2)}>
          {said.closer}
        </button>
        <button type="button" onClick={() => zoomBy(0.5)}>
          {said.farther}
        </button>
        <button type="button" onClick={() => behaviour.transform(select(svg.current!), zoomIdentity)}>
          {said.whole}
        </button>
      </p>
    </div>
  );
}

/** Where in the plot a point is: one scale for both directions, so that distances can be compared. */
function placer(points: readonly GapPoint[]): (point: GapPoint) => { cx: number; cy: number } {
  const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const [left, right] = range(points.map(({ x }) => x));
  const [low, high] = range(points.map(({ y }) => y));
  const scale = Math.min((WIDTH - 2 * MARGIN) / (right - left || 1), (HEIGHT - 2 * MARGIN) / (high - low || 1));
  return ({ x, y }) => ({
    cx: WIDTH / 2 + scale * (x - (left + right) / 2),
    cy: HEIGHT / 2 - scale * (y - (low + high) / 2),
  });
}
