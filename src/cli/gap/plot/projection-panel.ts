import type { Modality } from "../../../documents/document";
import type { GapPoint, ModalityGap } from "../../../search/modality-gap/modality-gap";
import type { Place } from "../../../search/modality-gap/projection";
import { words } from "../../svg/words";
import type { Area } from "./area";
import { COLOURS } from "./colours";

const MARGIN = 12;
const RADIUS = 2.6;

/** Documents in the plane of their principal components, at one scale both ways, and the two means. */
export function projectionPanel({ points, explained }: ModalityGap["projection"], area: Area): string {
  const put = placing(points, area);
  const [text, image] = [put(meanOf(points, "text")), put(meanOf(points, "image"))];
  const { left, top, width, height } = area;
  const bottom = top + height;
  const [x, y] = explained.map((share) => `${(100 * share).toFixed(0)} % of the variance`);
  return [
    `<rect class="axis" fill="none" x="${left}" y="${top}" width="${width}" height="${height}"/>`,
    ...points.map((point) => marker(put(point), point.modality)),
    dashedLine(text, image),
    centroid(text, "text"),
    centroid(image, "image"),
    words(left + width / 2, bottom + 18, `first principal component, ${x}`, "middle"),
    `<g transform="rotate(-90 ${left - 10} ${top + height / 2})">`,
    words(left - 10, top + height / 2, `second, ${y}`, "middle"),
    "</g>",
  ].join("");
}

/** From the projection to the drawing: all points inside the area, at one scale both ways, upwards is more. */
function placing(points: readonly GapPoint[], { left, top, width, height }: Area): (place: Place) => Place {
  const range = (axis: "x" | "y") => {
    const values = points.map((point) => point[axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { middle: (low + high) / 2, size: Math.max(high - low, 1e-6) };
  };
  const [x, y] = [range("x"), range("y")];
  const scale = Math.min((width - 2 * MARGIN) / x.size, (height - 2 * MARGIN) / y.size);
  return (place) => ({
    x: left + width / 2 + scale * (place.x - x.middle),
    y: top + height / 2 - scale * (place.y - y.middle),
  });
}

function meanOf(points: readonly GapPoint[], modality: Modality): Place {
  const own = points.filter((point) => point.modality === modality);
  const mean = (axis: "x" | "y") => own.reduce((sum, point) => sum + point[axis], 0) / own.length;
  return { x: mean("x"), y: mean("y") };
}

const at = ({ x, y }: Place): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** Texts are dots, pictures triangles. */
const shape = ({ x, y }: Place, modality: Modality, radius: number): string =>
  modality === "text"
    ? `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius}"`
    : `<path d="M${at({ x, y: y - 1.3 * radius })}L${at({ x: x + 1.2 * radius, y: y + 0.9 * radius })}L${at({ x: x - 1.2 * radius, y: y + 0.9 * radius })}Z"`;

const marker = (place: Place, modality: Modality): string =>
  `${shape(place, modality, RADIUS)} fill="${COLOURS[modality]}" fill-opacity=".55"/>`;

const centroid = (place: Place, modality: Modality): string =>
  `${shape(place, modality, 7)} fill="${COLOURS[modality]}" stroke="#fff" stroke-width="2"/>`;

/** Whose the shapes are, and how far apart the means are. */
export const projectionLegend = (left: number, baseline: number, distance: number): string =>
  [
    marker({ x: left + 5, y: baseline - 4 }, "text"),
    words(left + 14, baseline, "texts", "start"),
    marker({ x: left + 69, y: baseline - 4 }, "image"),
    words(left + 78, baseline, "pictures", "start"),
    dashedLine({ x: left + 150, y: baseline - 4 }, { x: left + 172, y: baseline - 4 }),
    words(left + 178, baseline, `between their means, ${distance.toFixed(2)} apart`, "start"),
  ].join("");

const dashedLine = (from: Place, to: Place): string =>
  `<path fill="none" stroke="#808080" stroke-width="2" stroke-dasharray="5 4" d="M${at(from)}L${at(to)}"/>`;
