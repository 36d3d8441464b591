import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Encoder } from "../../../src/ports/encoder";
import { openRemoteEncoder, type RemoteEncoderOptions } from "../../../src/encoders/remote/open-remote-encoder";
import { silent } from "../models";

export const STUB_MODEL = "made-up-clip";

/** The encoder at an address, with defaults for what a test does not ask for. */
export const openRemote = (model: string, options: Partial<RemoteEncoderOptions> = {}): Promise<Encoder> =>
  openRemoteEncoder({
    model,
    protocol: "",
    name: STUB_MODEL,
    revision: "main",
    apiKey: null,
    dimension: null,
    imageSide: 32,
    queryPrefix: "",
    cacheFolder: join(tmpdir(), "parallax-of-remote-tests"),
    deadlineMs: 6_000,
    startTimeoutMs: 10_000,
    log: silent,
    ...options,
  });
