import { resolve } from "node:path";
import { readHeadersByHost } from "../images/fetch/fetch-headers";
import { canonicalHost } from "../images/fetch/host-name";
import { parseS3Address } from "../images/media/s3-address";
import { THUMBNAIL_WIDTHS } from "../documents/thumbnail";

// How the strings of the environment are read. What is thrown says what a value must be; it follows the setting's name.

class Fault extends Error {}

export const text = (value: string): string => value;
export const textOrNull = (value: string): string | null => (value === "" ? null : value);
export const path = (value: string): string => resolve(value);
export const list = (value: string): string[] =>
  value
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

export const integer = (min: number, max: number) => (value: string) => {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new Fault(`must be a whole number from ${min} to ${max}`);
};

export const integerOrNull = (min: number, max: number) => (value: string) =>
  value === "" ? null : integer(min, max)(value);

/** A whole number, or "off": null. */
export const integerOrOff = (min: number, max: number) => (value: string) => {
  if (value === "off") return null;
  if (/^\d{1,15}$/.test(value)) return integer(min, max)(value);
  throw new Fault(`must be a whole number from ${min} to ${max}, or off`);
};

export const oneOf =
  <T extends string>(...values: T[]) =>
  (value: string): T => {
    if ((values as string[]).includes(value)) return value as T;
    throw new Fault(`must be one of ${values.join(", ")}`);
  };

/** Which of a model's ONNX files. */
export const dtype = oneOf("fp32", "fp16", "q8", "int8", "uint8", "q4", "q4f16", "bnb4");

export const httpUrl = (value: string): string => {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value.replace(/\/+$/, "");
  throw new Fault("must be an http or https URL");
};
export const httpUrlOrNull = (value: string): string | null => (value === "" ? null : httpUrl(value));

/** The name of a model, a folder, or the URL of a remote one, whose key is a setting of its own. */
const modelWithKey =
  (keySetting: string) =>
  (value: string): string => {
    if (!/^https?:/i.test(value)) return value;
    if (!URL.canParse(value) || new URL(value).hash !== "")
      throw new Fault("must be an http or https URL, a folder or a model");
    if (/\/\/[^/]*@/.test(value)) throw new Fault(`must have no credentials in it: set ${keySetting}`);
    return value;
  };
export const model = modelWithKey("MODEL_API_KEY");

/** "": none. */
export const rerankModel = (value: string): string | null =>
  value === "" ? null : modelWithKey("RERANK_API_KEY")(value);

/** Long enough not to be guessed. */
export const secretOrNull = (value: string): string | null => {
  if (value === "" || /^[\x21-\x7e]{16,256}$/.test(value)) return textOrNull(value);
  throw new Fault("must be 16 to 256 letters, digits and signs without spaces, such as `openssl rand -hex 32` gives");
};

export const hosts = (value: string): string[] =>
  list(value).map((one) => {
    const host = canonicalHost(one);
    if (host !== null) return host;
    throw new Fault("must be hosts or host:port, separated by commas, without http://");
  });

/** ".example.com" keeps its dot. */
export const hostsOrSuffixes = (value: string): string[] =>
  list(value).map((one) => {
    const host = canonicalHost(one.replace(/^\./, ""));
    if (host !== null && !/:\d+$/.test(host)) return one.startsWith(".") ? `.${host}` : host;
    throw new Fault("must be hosts or .hosts, separated by commas, without ports");
  });

/** JSON of headers by host; "": none. */
export const headersByHost = (value: string) => readHeadersByHost(value || "{}");

export const identifier = (value: string): string => {
  if (/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(value)) return value;
  throw new Fault("must be up to 64 letters, digits and underscores, beginning with a letter");
};

/** "./data/milvus" (a folder: Milvus Lite) or "http(s)://host:port". */
export const milvusUri = (value: string): string => (/^https?:\/\//.test(value) ? httpUrl(value) : path(value));

/** "" (a folder in the data folder), a folder, or a bucket's address. */
export const mediaUri = (value: string): string | null => {
  if (value === "") return null;
  if (!value.startsWith("s3:")) return path(value);
  if (parseS3Address(value) !== null) return value;
  throw new Fault("must be a folder or s3://bucket/prefix?endpoint=https://host&region=eu-1, without credentials");
};

/** A file, or the URL of a libSQL server. */
export const ledgerUrlOrNull = (value: string): string | null =>
  value === "" || /^(libsql|https?):\/\//.test(value) ? textOrNull(value) : path(value);

/** A secret that goes into a header. */
export const keyOrNull = (value: string): string | null => {
  if (value === "" || /^[!-~]+$/.test(value)) return textOrNull(value);
  throw new Fault("must be letters, digits and signs of ASCII, without spaces");
};

export const thumbnailWidth = (value: string): number => {
  const width = THUMBNAIL_WIDTHS.find((one) => String(one) === value);
  if (width !== undefined) return width;
  throw new Fault(`must be one of ${THUMBNAIL_WIDTHS.join(", ")}`);
};
