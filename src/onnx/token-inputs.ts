import { Tensor } from "./transformers";

/** Padded tokens of one run; bounds memory, since attention grows with them. */
const TOKENS_A_RUN = 4_096;
const TEXTS_A_RUN = 64;

/** A text as token ids, and its place among those that came with it. */
export interface TokenRow {
  readonly index: number;
  readonly ids: readonly number[];
  readonly truncated: boolean;
}

export interface Filling {
  /** The token that fills up. */
  readonly padding: bigint;
  readonly side: "left" | "right";
  /** Null: the longest of a run. */
  readonly length: number | null;
}

/** Texts of like length run together, so that little of the work is padding. `length`: what all are filled up to, or null. */
export function groupByLength<R extends TokenRow>(rows: readonly R[], length: number | null): R[][] {
  const groups: R[][] = [];
  for (const row of rows.toSorted((a, b) => a.ids.length - b.ids.length)) {
    const group = groups.at(-1);
    const tokens = ((group?.length ?? 0) + 1) * (length ?? row.ids.length);
    if (group && group.length < TEXTS_A_RUN && tokens <= TOKENS_A_RUN) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** `input_ids` and the `attention_mask` that is 1 for each token that is no padding; both int64 [rows, length]. */
export function tokenInputs(
  rows: readonly TokenRow[],
  { padding, side, length }: Filling,
): { input_ids: Tensor; attention_mask: Tensor } {
  const width = length ?? Math.max(...rows.map(({ ids }) => ids.length));
  const [data, mask] = [new BigInt64Array(rows.length * width).fill(padding), new BigInt64Array(rows.length * width)];
  rows.forEach(({ ids }, row) => {
    const at = row * width + (side === "left" ? width - ids.length : 0);
    data.set(ids.map(BigInt), at);
    mask.fill(1n, at, at + ids.length);
  });
  const dims = [rows.length, width];
  return { input_ids: new Tensor("int64", data, dims), attention_mask: new Tensor("int64", mask, dims) };
}
