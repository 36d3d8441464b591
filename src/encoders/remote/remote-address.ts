import { AppError } from "../../errors";

/**
 * How a remote encoder is spoken to: another Parallax server, Jina's API, or an API like OpenAI's for texts alone, with
 * pictures as Infinity takes them, or with pictures as vLLM does.
 */
export type RemoteProtocol = "parallax" | "jina" | "openai" | "infinity" | "vllm";

export interface RemoteAddress {
  readonly protocol: RemoteProtocol;
  /** Where Parallax's routes begin, without a slash at the end, or where an API takes its POST. */
  readonly url: URL;
}

/** Whether MODEL is an address rather than files. */
export const isRemoteModel = (model: string): boolean => /^https?:\/\//i.test(model);

/** What MODEL and MODEL_PROTOCOL ("" where the address tells) lead to. Throws INVALID_CONFIGURATION. */
export function remoteAddress(model: string, protocol: RemoteProtocol | ""): RemoteAddress {
  const url = new URL(model);
  url.pathname = url.pathname.replace(/\/+$/, "");
  const spoken = protocol === "" ? protocolOf(url) : protocol;
  const [end, isThere] = spoken === "parallax" ? ["/encoder/v1", /\/encoder\/v1$/] : ["/embeddings", /\/embeddings$/];
  if (!isThere.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/$/, "")}${end}`;
  return { protocol: spoken, url };
}

function protocolOf({ hostname, pathname }: URL): RemoteProtocol {
  if (hostname === "api.jina.ai") return "jina";
  if (pathname === "/" || pathname.endsWith("/encoder/v1")) return "parallax";
  if (/\/(v1|embeddings)$/.test(pathname)) return "openai";
  throw new AppError(
    "INVALID_CONFIGURATION",
    "MODEL is an address that does not tell how it is spoken to. Set MODEL_PROTOCOL to parallax, jina, openai, infinity or vllm.",
  );
}
