import { dialInTurn, type Attempt } from "../../../../src/images/fetch/dial-in-turn";

const [V6, OTHER_V6, V4, OTHER_V4] = ["2606:4700::1", "2606:4700::2", "93.184.216.34", "93.184.216.35"];

class Line {
  isDestroyed = false;
  constructor(readonly address: string) {}
  destroy(): void {
    this.isDestroyed = true;
  }
}

/** Addresses that answer, each after so many milliseconds; the others are silent or, below 0, refuse. */
function network(answersAfterMs: Record<string, number>) {
  const dialled: string[] = [];
  const ended: string[] = [];
  const lines: Line[] = [];
  const attempt: Attempt<Line> = (address, signal) => {
    dialled.push(address);
    signal.addEventListener("abort", () => ended.push(address));
    const ms = answersAfterMs[address];
    if (ms === undefined) return new Promise(() => undefined);
    if (ms < 0) return Promise.reject(new Error(`${address} refuses`));
    const line = new Line(address);
    lines.push(line);
    return new Promise((resolve) => void setTimeout(() => resolve(line), ms));
  };
  return { dialled, ended, lines, attempt };
}

it("lets the families take turns, beginning with the one that comes first", async () => {
  const { dialled, attempt } = network({ [OTHER_V4!]: 0 });
  await dialInTurn([V6!, OTHER_V6!, V4!, OTHER_V4!], attempt);
  expect(dialled).toEqual([V6, V4, OTHER_V6, OTHER_V4]);
});

it("tries the next address at once when one refuses, and none beside one that answers", async () => {
  const refusing = network({ [V6!]: -1, [V4!]: 0 });
  expect((await dialInTurn([V6!, V4!], refusing.attempt)).address).toBe(V4);
  const quick = network({ [V6!]: 20, [V4!]: 0 });
  expect((await dialInTurn([V6!, V4!], quick.attempt)).address).toBe(V6);
  expect(quick.dialled).toEqual([V6]);
});

it("takes the first that answers, ends the others, and destroys one that comes too late", async () => {
  const { lines, ended, attempt } = network({ [V6!]: 400, [V4!]: 10 });
  expect((await dialInTurn([V6!, V4!], attempt)).address).toBe(V4);
  expect(ended).toContain(V6);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(lines.map(({ address, isDestroyed }) => [address, isDestroyed])).toEqual([
    [V6, true],
    [V4, false],
  ]);
});

it("throws what the last one threw when none answers", async () => {
  const { attempt } = network({ [V6!]: -1, [V4!]: -1 });
  await expect(dialInTurn([V6!, V4!], attempt)).rejects.toThrow(`${V4} refuses`);
});
