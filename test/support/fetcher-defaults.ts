import { silent } from "./models";

/** What tests of the fetcher leave as it is: short times, no second try. */
export const FETCHER_DEFAULTS = {
  allowedHosts: [],
  deniedHosts: [],
  headersByHost: new Map(),
  maxBytes: 1_000_000,
  timeoutMs: 500,
  idleTimeoutMs: 10_000,
  perHost: 6,
  retries: 0,
  userAgent: "parallax-test",
  log: silent,
};
