import type { Config } from "../config/config";
import { startImageDecoder } from "../images/decode/decoder";
import type { Log } from "../log";

/** The decoder of pictures that a configuration asks for. */
export const startPictureDecoder = (config: Config, log: Log) =>
  startImageDecoder({
    processes: config.decoderProcesses,
    maxImageBytes: config.maxImageBytes,
    maxImagePixels: config.maxImagePixels,
    maxMemoryBytes: config.decoderMemoryMb * 1_048_576,
    deadlineMs: config.decoderDeadlineMs,
    log,
  });
