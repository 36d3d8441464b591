import type { Config } from "../config/config";
import { VERSION } from "../config/version";
import type { Log } from "../log";
import type { ImageFetcher } from "../ports/image-fetcher";

/**
 * The fetcher of pictures that a configuration asks for. It is loaded with the first URL: that takes a twentieth of a start, and
 * who sends pictures, or has none, never needs it.
 */
export function openFetcher(config: Config, log: Log): ImageFetcher {
  let opened: Promise<ImageFetcher> | null = null;
  return {
    fetch: async (url, kind) => (await (opened ??= open(config, log))).fetch(url, kind),
    close: async () => (await opened)?.close(),
  };
}

async function open(config: Config, log: Log): Promise<ImageFetcher> {
  const { openImageFetcher } = await import("../images/fetch/fetcher.js");
  return openImageFetcher({
    allowedHosts: config.fetchAllowedHosts,
    deniedHosts: config.fetchDeniedHosts,
    headersByHost: config.fetchHeaders,
    maxBytes: { picture: config.maxImageBytes, PDF: config.maxPdfBytes },
    timeoutMs: config.fetchTimeoutMs,
    idleTimeoutMs: config.fetchIdleTimeoutMs,
    perHost: config.fetchPerHost,
    retries: config.fetchRetries,
    userAgent: `Parallax/${VERSION} (image fetcher)`,
    log,
  });
}
