import { AppError } from "../../errors";
import { OutOfTime } from "../../retries/time-budget";
import { TryAgain } from "../../retries/try-again";

interface Timeouts {
  readonly timeoutMs: number;
  readonly idleTimeoutMs: number;
}

const BROKEN_CONNECTION =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|UND_ERR_(SOCKET|CONNECT_TIMEOUT))$/;
const SILENCE = /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/;
const BAD_CERTIFICATE = /CERT|^UNABLE_TO_/;
const BAD_HTTP = /^(HTTPParserError|HPE_.*|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_.*)$/;

/** Any throw of an attempt as the AppError to report, or as a TryAgain around it. */
export function toFailure(thrown: unknown, { timeoutMs, idleTimeoutMs }: Timeouts): AppError | TryAgain {
  if (thrown instanceof AppError || thrown instanceof TryAgain) return thrown;
  const failed = (why: string, retryable: boolean): AppError => {
    const advice = retryable ? "Try again later." : "Give another address, or base64.";
    return new AppError("FETCH_FAILED", `The URL could not be fetched: ${why}. ${advice}`, {
      cause: thrown,
      retryable,
    });
  };
  if (thrown instanceof OutOfTime) return failed(`it took longer than ${timeoutMs} ms`, true);
  const code = faultOf(thrown);
  if (SILENCE.test(code)) return failed(`nothing came for ${idleTimeoutMs} ms`, true);
  if (BAD_CERTIFICATE.test(code)) return failed("its host's certificate is not valid", false);
  if (BAD_HTTP.test(code)) return failed("its host's answer is not valid HTTP, or has too many headers", false);
  const broken = failed("the connection failed or broke off", true);
  return BROKEN_CONNECTION.test(code) ? new TryAgain(broken) : broken;
}

/** What kind of error it is; its message may hold addresses. */
export function faultOf(thrown: unknown): string {
  const { code, name } = Object(thrown) as { code?: unknown; name?: unknown };
  return String(code ?? name ?? "unknown");
}
