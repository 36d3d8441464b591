import { openActiveStore } from "../../../src/assembly/open-active-store";
import type { Collections } from "../../../src/ports/collections";
import type { Fingerprint } from "../../../src/ports/encoder";
import { testFingerprint } from "../../support/documents";

/** What a start says where this model's collection is the active one. */
async function refusal(active: Fingerprint, now: Fingerprint): Promise<string> {
  const list = async () => [{ name: "documents", fingerprint: active, documents: 3, active: true }];
  return openActiveStore({ list } as unknown as Collections, now).then(
    () => "none",
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );
}

const small = { ...testFingerprint("0123456789abcdef"), model: "small" };

it("refuses the collection of another model, and says which to set", async () => {
  const said = await refusal(small, { ...small, model: "large" });
  expect(said).toMatch(/^MODEL_MISMATCH: .* made by small .* MODEL is now large /);
  expect(said).toContain("Set MODEL=small again, or start a new collection");
});

it.each([{ revision: "fedcba9876543210" }, { dtype: "q8" }, { dimension: 24 }, { preprocessing: "other" }])(
  "refuses that of the same model with another %p, and does not tell to set what is set",
  async (change) => {
    const said = await refusal(small, { ...small, ...change });
    expect(said).toMatch(/^MODEL_MISMATCH: .*Put back what has changed/);
    expect(said).not.toContain("Set MODEL=");
  },
);
