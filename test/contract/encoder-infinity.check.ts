import { openRemote } from "../support/remote/open-remote";
import { encoderContract } from "./encoder.suite";

// Run by `npm run check:encoders -- --only infinity`, which starts a real Infinity server and names it here.
const url = process.env["INFINITY_URL"]!;

describe("a real Infinity server with a text model, spoken to as OpenAI", () => {
  const open = () => openRemote(url, { protocol: "openai", name: "texts" });
  encoderContract(open, { takesPictures: false, tellsTruncation: false });
});

describe("a real Infinity server with a CLIP", () => {
  const open = () => openRemote(url, { protocol: "infinity", name: "clip" });
  encoderContract(open, { tellsTruncation: false });
});

it("says what is wrong where Infinity has another model, or one that takes no pictures", async () => {
  const other = openRemote(url, { protocol: "infinity", name: "another" });
  await expect(other).rejects.toMatchObject({ code: "INVALID_CONFIGURATION" });
  const texts = openRemote(url, { protocol: "infinity", name: "texts" });
  await expect(texts).rejects.toMatchObject({ code: "INVALID_CONFIGURATION", message: /takes no pictures/ });
});
