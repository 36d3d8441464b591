import { setting, type Settings } from "../setting";
import { httpUrlOrNull, integer, list, oneOf, text } from "../setting-parsers";

/** The HTTP server itself. */
export const SERVER_SETTINGS = {
  host: setting("HOST", "127.0.0.1", "Address to listen on; 0.0.0.0 opens the server to the network.", text),
  port: setting("PORT", "4000", "Port to listen on; 0 picks a free one.", integer(0, 65_535)),
  publicUrl: setting(
    "PUBLIC_URL",
    "",
    "Where clients reach this server; begins the addresses of pictures. Default: http://HOST:PORT.",
    httpUrlOrNull,
  ),
  corsOrigins: setting(
    "CORS_ORIGINS",
    "localhost",
    "Whose pages may call this server: origins (comma-separated), localhost (any page of this machine) or *.",
    list,
  ),
  gracePeriodMs: setting(
    "GRACE_PERIOD_MS",
    "20000",
    "How long requests may finish after SIGTERM.",
    integer(0, 600_000),
  ),
  logLevel: setting(
    "LOG_LEVEL",
    "info",
    "debug, info, warn, error or silent.",
    oneOf("debug", "info", "warn", "error", "silent"),
  ),
} as const satisfies Settings;
