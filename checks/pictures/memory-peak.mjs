import { readFileSync } from "node:fs";

const INTERVAL_MS = 10;
const PAGE_BYTES = 4_096;

/** Samples what the processes take that `pids` names now; `stop` gives the most that one of them took, in bytes. */
export function watchPeak(pids) {
  let peakBytes = 0;
  const timer = setInterval(() => {
    for (const pid of pids()) peakBytes = Math.max(peakBytes, residentBytes(pid));
  }, INTERVAL_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return peakBytes;
    },
  };
}

/** 0 where there is no /proc, and for a process that has just gone. */
function residentBytes(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
