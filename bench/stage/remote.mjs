// A model in the server's own process, and the same model behind another Parallax on this machine.
import { join } from "node:path";
import { inPlace } from "./place.mjs";
import { startParallax } from "./server.mjs";

const SECRET = "the-secret-of-the-benches-0123456789";

/** Two servers of one model for as long as `work` takes: `local` runs it, `remote` asks a third one, `encoder`, for vectors. */
export const besideRemote = (model, work) =>
  inPlace(async ({ folder, keep }) => {
    const encoder = keep(await startParallax(join(folder, "encoder"), { MODEL: model, ENCODER_SECRET: SECRET }));
    const local = keep(await startParallax(join(folder, "local"), { MODEL: model }));
    const remote = keep(await startParallax(join(folder, "remote"), { MODEL: encoder.url, MODEL_API_KEY: SECRET }));
    return work({ local, remote, encoder });
  });
