/** Where an S3-compatible media store is. */
export interface S3Address {
  readonly bucket: string;
  /** Begins every name in the bucket: "" or "some/folder/". */
  readonly prefix: string;
  /** Null: Amazon's own. */
  readonly endpoint: string | null;
  /** Null: as the SDK finds it. */
  readonly region: string | null;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^(?:[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*)?$/;
const REGION = /^[a-z0-9-]{1,40}$/;
const PARAMETERS = ["endpoint", "region"];

/** Reads "s3://bucket/prefix?endpoint=https://host&region=eu-1"; null when it is not of that form. */
export function parseS3Address(uri: string): S3Address | null {
  if (!URL.canParse(uri)) return null;
  const { protocol, hostname, pathname, searchParams, username, password, port, hash } = new URL(uri);
  const prefix = pathname.replace(/^\/|\/$/g, "");
  const [endpoint, region] = PARAMETERS.map((name) => searchParams.get(name));
  const sound =
    protocol === "s3:" &&
    username + password + port + hash === "" &&
    BUCKET.test(hostname) &&
    PREFIX.test(prefix) &&
    [...searchParams.keys()].every((name) => PARAMETERS.includes(name)) &&
    (endpoint == null || isEndpoint(endpoint)) &&
    (region == null || REGION.test(region));
  if (!sound) return null;
  return {
    bucket: hostname,
    prefix: prefix === "" ? "" : `${prefix}/`,
    endpoint: endpoint ?? null,
    region: region ?? null,
  };
}

/** A server's address without credentials: those have settings of their own. */
function isEndpoint(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && username + password + search + hash === "";
}
