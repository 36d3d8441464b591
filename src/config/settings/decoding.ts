import { setting, type Settings } from "../setting";
import { integer } from "../setting-parsers";

/** What reading one picture or PDF may take. */
export const DECODING_SETTINGS = {
  decoderDeadlineMs: setting(
    "DECODER_DEADLINE_MS",
    "5000",
    "A picture that takes longer to decode than this fails.",
    integer(100, 600_000),
  ),
  decoderMemoryMb: setting(
    "DECODER_MEMORY_MB",
    "768",
    "A picture that takes a decoder process more memory than this fails.",
    integer(256, 1_048_576),
  ),
  decoderProcesses: setting(
    "DECODER_PROCESSES",
    "2",
    "How many processes decode pictures at most; they are started when there is more to do than those there are can.",
    integer(1, 64),
  ),
  pdfDeadlineMs: setting(
    "PDF_DEADLINE_MS",
    "60000",
    "A PDF whose text takes longer to read than this fails.",
    integer(100, 3_600_000),
  ),
  pdfMemoryMb: setting(
    "PDF_MEMORY_MB",
    "1024",
    "A PDF that takes the process that reads it more memory than this fails.",
    integer(256, 1_048_576),
  ),
} as const satisfies Settings;
