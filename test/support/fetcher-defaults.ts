import { dialler, type Dial } from "../../src/images/fetch/guarded-connector";
import { silent } from "./models";

const dialForReal = dialler({ timeout: 500 });

/** Whatever the guard lets through, a test does not leave this machine. */
const dialLoopback: Dial = async (to) => {
  if (["127.0.0.1", "::1"].includes(to.hostname)) return dialForReal(to);
  throw Object.assign(new Error("This is not dialled in tests."), { code: "ENETUNREACH" });
};

/** What tests of the fetcher leave as it is: short times, no second try. */
export const FETCHER_DEFAULTS = {
  allowedHosts: [],
  deniedHosts: [],
  headersByHost: new Map(),
  maxBytes: { picture: 1_000_000, PDF: 1_000_000 },
  timeoutMs: 500,
  idleTimeoutMs: 10_000,
  perHost: 6,
  retries: 0,
  userAgent: "parallax-test",
  dial: dialLoopback,
  log: silent,
};
