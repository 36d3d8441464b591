import { escaped } from "./words";

export interface DrawingFrame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
}

/** An SVG drawing; its words are readable in light and dark. Lines of the class "axis" stay behind what they measure. */
export const drawing = ({ width, height, title }: DrawingFrame, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    "<style>text{fill:#1f2328}.axis{stroke:#808080;stroke-opacity:.35}",
    "@media (prefers-color-scheme:dark){text{fill:#e6edf3}}</style>",
    ...parts,
    "</svg>\n",
  ].join("\n");
