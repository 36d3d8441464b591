import type { DrawingSet } from "./drawing";
import { emojiData } from "./emoji-data";

interface Icon {
  readonly body: string;
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
}

interface IconSet {
  readonly icons: Readonly<Record<string, Icon>>;
  readonly width?: number;
  readonly height?: number;
}

const loaded = new Map<DrawingSet, IconSet>();

function iconSet(set: DrawingSet): IconSet {
  const known = loaded.get(set);
  if (known) return known;
  const read = emojiData<IconSet>(set);
  loaded.set(set, read);
  return read;
}

/** Whether a set draws this emoji. */
export const hasIcon = (set: DrawingSet, name: string): boolean => name in iconSet(set).icons;

/** An emoji as an SVG document of `side` × `side` pixels; throws when the set does not draw it. */
export function iconSvg(set: DrawingSet, name: string, side: number): string {
  const icon = iconSet(set).icons[name];
  if (!icon) throw new Error(`The set ${set} has no drawing named ${name}.`);
  const { width = 16, height = 16 } = iconSet(set);
  const box = [icon.left ?? 0, icon.top ?? 0, icon.width ?? width, icon.height ?? height].join(" ");
  const body = icon.body.replaceAll("currentColor", "#606060");
  const names = `xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`;
  return `<svg ${names} width="${side}" height="${side}" viewBox="${box}">${body}</svg>`;
}
