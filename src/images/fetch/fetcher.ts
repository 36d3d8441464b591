import { setMaxListeners } from "node:events";
import type { FileKind } from "../../documents/file-kind";
import { AppError } from "../../errors";
import type { Log } from "../../log";
import type { ImageFetcher } from "../../ports/image-fetcher";
import { faultOf, toFailure } from "./fetch-failure";
import { openImageRequests, type ImageRequestOptions } from "./image-requests";
import { TimeBudget } from "../../retries/time-budget";
import { withRetries } from "../../retries/with-retries";

export interface FetcherOptions extends ImageRequestOptions {
  /** How often a failure that may pass is tried again. */
  readonly retries: number;
  readonly maxRedirects?: number;
  readonly log: Log;
}

const MAX_REDIRECTS = 3;

/**
 * Fetches pictures over http and https from public addresses, dialling only addresses that it checked. What passes, a
 * broken connection or a busy host, is tried again while there is time.
 */
export function openImageFetcher(options: FetcherOptions): ImageFetcher {
  const { timeoutMs, retries, log } = options;
  const requests = openImageRequests(options);
  const closing = new AbortController();
  // Every pause listens to it.
  setMaxListeners(0, closing.signal);
  const attempt = async (url: URL, kind: FileKind, budget: TimeBudget): Promise<Uint8Array> => {
    try {
      return await follow(url, (at) => requests.ask(at, kind, budget), options.maxRedirects ?? MAX_REDIRECTS);
    } catch (thrown) {
      log.debug({ fault: faultOf(thrown) }, "A file could not be fetched");
      throw toFailure(thrown, options);
    }
  };
  return {
    fetch(url, kind = "picture") {
      const budget = new TimeBudget(timeoutMs);
      return withRetries(() => attempt(url, kind, budget), { retries, budget, closing: closing.signal });
    },
    close() {
      closing.abort();
      return requests.close();
    },
  };
}

async function follow(
  url: URL,
  ask: (at: URL) => Promise<Uint8Array | URL>,
  maxRedirects: number,
): Promise<Uint8Array> {
  let at = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const answer = await ask(at);
    if (answer instanceof Uint8Array) return answer;
    at = answer;
  }
  const message = `The URL redirects more than ${maxRedirects} times. Give the last address.`;
  throw new AppError("FETCH_FAILED", message, { retryable: false });
}
