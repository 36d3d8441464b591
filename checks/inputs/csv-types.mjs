// Typed columns: how a value may be written, and what it is.

const NUMBERS = [
  [() => "7", 7],
  [() => "-0.5", -0.5],
  [() => "1e3", 1000],
  [() => " 42 ", 42],
  [(delimiter) => (delimiter === ";" ? "1234,5" : "1234.5"), 1234.5],
];
const BOOLEANS = [
  [() => "true", true],
  [() => "FALSE", false],
  [() => "1", true],
  [() => "no", false],
];
const DATES = [
  [() => "2026-11-26", "2026-11-26"],
  [() => "2026-11-26 08:30", "2026-11-26T08:30:00.000Z"],
  [() => "2026-11-26T10:30:00+02:00", "2026-11-26T08:30:00.000Z"],
];
const ABSENT = [() => "", undefined];

const TYPES = [
  {
    name: "price",
    type: "number",
    values: NUMBERS,
    wrong: ["cheap", "1,234.5", "12345678901234567890", "0x10", "NaN"],
  },
  { name: "in stock", type: "boolean", values: BOOLEANS, wrong: ["maybe", "2"] },
  { name: "day", type: "date", values: DATES, wrong: ["26.11.2026", "2026-02-30", "11/26/2026"] },
];

/** Some columns with a type in their header. `-0.5` has a decimal point, which lists with semicolons take as well. */
export function typedColumns({ below, pick }) {
  return TYPES.filter(() => below(3) === 0).map(({ name, type, values, wrong }) => ({
    name,
    type,
    header: pick([`${name}:${type}`, `${name} : ${type.toUpperCase()}`]),
    wrong: () => pick(wrong),
    make: (delimiter) => {
      const [write, value] = pick([...values, ABSENT]);
      return { cell: write(delimiter), value };
    },
  }));
}
