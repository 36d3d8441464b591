import type { ColumnType } from "./csv-column";

/** A value that is not what its column says. */
export class WrongValue extends Error {}

type Value = string | number | boolean;

/**
 * A cell as its column's type. In a list with semicolons numbers have a decimal comma, as spreadsheets write them where the
 * comma is no delimiter. Throws WrongValue: nothing is guessed.
 */
export function readValue(cell: string, type: ColumnType, delimiter: string): Value {
  if (type === "string") return cell;
  const given = cell.trim();
  if (type === "number") return readNumber(given, delimiter === ";");
  return type === "boolean" ? readBoolean(given) : readDate(given);
}

function readNumber(given: string, hasDecimalComma: boolean): number {
  // 1.234 may be a thousand and some there.
  const isUnclear = hasDecimalComma && /^[+-]?\d{1,3}(\.\d{3})+$/.test(given);
  const point = hasDecimalComma ? given.replace(/^([+-]?\d+),(\d+)$/, "$1.$2") : given;
  const value = !isUnclear && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(point) ? Number(point) : Number.NaN;
  if (!Number.isFinite(value)) throw new WrongValue("not a plain number: write 1234.5");
  if (/^[+-]?\d+$/.test(point) && !Number.isSafeInteger(value))
    throw new WrongValue("a number with more digits than are kept: leave `:number` out, to store it as text");
  return value;
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  "1": true,
  "0": false,
};

function readBoolean(given: string): boolean {
  const value = BOOLEANS[given.toLowerCase()];
  if (value === undefined) throw new WrongValue("neither true nor false");
  return value;
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i;

/** ISO 8601, a time without an offset in UTC, so that as strings they compare as times do: "2026-11-26T08:30:00.000Z". */
function readDate(given: string): string {
  const [, day, time, offset = "Z"] = DATE.exec(given) ?? [];
  const date = new Date(day === undefined ? Number.NaN : `${day}T${time ?? "00:00"}${withColon(offset)}`);
  if (day === undefined || Number.isNaN(date.getTime()) || !isDay(day))
    throw new WrongValue("not an unambiguous date: write 2026-11-26 or 2026-11-26T08:30:00Z");
  return time === undefined ? day : date.toISOString();
}

const withColon = (offset: string): string => offset.toUpperCase().replace(/^([+-]\d\d):?(\d\d)$/, "$1:$2");

/** There is no 30th of February. */
const isDay = (day: string): boolean => new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) ?? false;
