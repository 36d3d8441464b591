import type { EncodingRole } from "../ports/encoder";

export type GoldenSample = { readonly name: string } & (
  | { readonly kind: "text"; readonly role: EncodingRole; readonly text: string }
  | { readonly kind: "image"; readonly png: string }
);

const LONG = "Where a text is longer than a model reads, its beginning counts and the rest is left out. ".repeat(12);

/**
 * Texts and pictures that a model's vectors are remembered of: short, long, other scripts, both roles; a picture of tiles, and
 * a tall one with transparency. Changing one means another version of golden-vectors.ts's files.
 */
export const GOLDEN_SAMPLES: readonly GoldenSample[] = [
  { name: 'the text "a red cat"', kind: "text", role: "document", text: "a red cat" },
  { name: 'the query "a red cat"', kind: "text", role: "query", text: "a red cat" },
  { name: "a long text", kind: "text", role: "document", text: LONG },
  {
    name: 'the text "Ein rotes Kätzchen, 赤い猫 🐈"',
    kind: "text",
    role: "document",
    text: "Ein rotes Kätzchen, 赤い猫 🐈",
  },
  {
    name: "the picture of tiles",
    kind: "image",
    // 40 × 30 pixels, RGB.
    png:
      "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAIAAADRv8uKAAAAmElEQVR42u3NMRFEIRBEwVUyMSIQsTFKVgnxikDExCi69Gm4T1Xn" +
      "HREihWmGaIWpQrTDdEJ0wxQv/kA8TBqiOUxriGqY9hCdYbpD9OIvxClSmmaKVpoqRTtNJ0U3TS/+QlwmlWiWaZWoyrRLdMp0S/Ti" +
      "L8QtUptmi1abqkW7TadFt00v/kJskyyaNi2LyqZt0bHpWvTi/49/FrHcTGpuE9EAAAAASUVORK5CYII=",
  },
  {
    name: "the picture of a red disc",
    kind: "image",
    // 9 × 60 pixels, RGBA.
    png:
      "iVBORw0KGgoAAAANSUhEUgAAAAkAAAA8CAYAAAC0JpAOAAAAMElEQVR42mO4o2HDQAgzDAdF/7FguKL/hPCoolFFo4pGFY0qGlU0" +
      "uBURVd8NydocAPNMUoy69wntAAAAAElFTkSuQmCC",
  },
];
