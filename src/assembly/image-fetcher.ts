import type { Config } from "../config/config";
import { VERSION } from "../config/version";
import { openImageFetcher } from "../images/fetch/fetcher";
import type { Log } from "../log";

/** The fetcher of pictures that a configuration asks for. */
export const openFetcher = (config: Config, log: Log) =>
  openImageFetcher({
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
