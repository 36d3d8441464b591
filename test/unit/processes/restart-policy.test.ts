import { RestartPolicy } from "../../../src/processes/restart-policy";

describe("RestartPolicy", () => {
  let now = 0;
  const policyOf = (restarts: number, perMs: number) => new RestartPolicy({ restarts, perMs }, () => now);
  beforeEach(() => (now = 0));

  it("restarts at once, then with pauses that double up to a limit", () => {
    const policy = policyOf(100, 60_000);
    const waits = Array.from({ length: 11 }, () => policy.died().waitMs);
    expect(waits).toEqual([0, 0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  });

  it("forgets the pauses after a success and after calm times", () => {
    const policy = policyOf(100, 60_000);
    for (let death = 0; death < 5; death++) policy.died();
    policy.succeeded();
    expect(policy.died().waitMs).toBe(0);
    for (let death = 0; death < 5; death++) policy.died();
    now = 61_000;
    expect(policy.died().waitMs).toBe(0);
  });

  it("is exhausted over the budget until the oldest death is long enough ago", () => {
    const policy = policyOf(2, 1_000);
    policy.died();
    now = 300;
    policy.died();
    now = 400;
    expect(policy.died()).toEqual({ waitMs: 600, exhausted: true });
    now = 1_000;
    expect(policy.died()).toEqual({ waitMs: 300, exhausted: true });
    now = 1_300;
    expect(policy.died().exhausted).toBe(true);
    now = 3_000;
    expect(policy.died()).toEqual({ waitMs: 0, exhausted: false });
  });
});
