import { AppError } from "../../errors";

const TYPES = ["string", "number", "boolean", "date"] as const;
/** What the values of a column are stored as. */
export type ColumnType = (typeof TYPES)[number];

const OWN_COLUMNS = ["key", "text", "image", "pdf", "caption"] as const;
export type OwnColumn = (typeof OWN_COLUMNS)[number];

/** A column of a CSV list. */
export interface CsvColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** What of the item it is; null: metadata. */
  readonly own: OwnColumn | null;
  /** Whether the header names it. What it does not name may be missing in a row. */
  readonly isNamed: boolean;
}

const TYPED = new RegExp(`^(.*\\S)\\s*:\\s*(${TYPES.join("|")})$`, "is");

/** The columns that a header's cells name: "price:number". Throws INVALID_UPLOAD for one that is named twice. */
export function readColumns(cells: readonly string[]): CsvColumn[] {
  const columns = cells.map((cell, at) => readColumn(cell.trim(), at + 1));
  const places = new Map<string, number>();
  for (const [at, { name }] of columns.entries()) {
    const before = places.get(name);
    if (before !== undefined) {
      const which = `columns ${before} and ${at + 1}`;
      throw wrong(`The CSV list's header names ${JSON.stringify(name)} twice, ${which}. Name each column once.`);
    }
    places.set(name, at + 1);
  }
  return columns;
}

/** Whether a header names what an item can be made of. */
export const namesItems = (columns: readonly CsvColumn[]): boolean =>
  columns.some(({ own }) => own === "text" || own === "image" || own === "pdf");

function readColumn(cell: string, place: number): CsvColumn {
  const [, named = cell, given = "string"] = TYPED.exec(cell) ?? [];
  const type = given.toLowerCase() as ColumnType;
  const own = OWN_COLUMNS.find((one) => one === named.toLowerCase()) ?? null;
  if (own !== null && type !== "string")
    throw wrong(`The CSV list's column \`${own}\` is always text; leave \`:${type}\` out.`);
  return { name: own ?? (named || `column${place}`), type, own, isNamed: named !== "" };
}

const wrong = (message: string): AppError => new AppError("INVALID_UPLOAD", message);
