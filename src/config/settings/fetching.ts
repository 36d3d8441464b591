import { setting, type Settings } from "../setting";
import { headersByHost, hosts, hostsOrSuffixes, integer } from "../setting-parsers";

/** How pictures are fetched from the addresses that clients give. */
export const FETCHING_SETTINGS = {
  fetchAllowedHosts: setting(
    "FETCH_ALLOWED_HOSTS",
    "",
    "Hosts (host or host:port, comma-separated) to fetch pictures from though they are not public.",
    hosts,
  ),
  fetchDeniedHosts: setting(
    "FETCH_DENIED_HOSTS",
    "",
    "Hosts, or .host for it and all beneath it (comma-separated), never to fetch from, allowed or not.",
    hostsOrSuffixes,
  ),
  fetchHeaders: setting(
    "FETCH_HEADERS",
    "",
    'JSON of headers that sources ask for: {"host (https) or host:port": {"Header": "value"}}. Secret.',
    headersByHost,
  ),
  fetchTimeoutMs: setting(
    "FETCH_TIMEOUT_MS",
    "15000",
    "How long fetching one picture may take, retries included, waiting for FETCH_PER_HOST not.",
    integer(100, 600_000),
  ),
  fetchIdleTimeoutMs: setting(
    "FETCH_IDLE_TIMEOUT_MS",
    "5000",
    "How long a host may send nothing before fetching from it fails.",
    integer(100, 600_000),
  ),
  fetchPerHost: setting("FETCH_PER_HOST", "6", "How many pictures are fetched from one host at once.", integer(1, 256)),
  fetchRetries: setting(
    "FETCH_RETRIES",
    "2",
    "How often a picture is fetched again after a broken connection or a busy host.",
    integer(0, 10),
  ),
} as const satisfies Settings;
