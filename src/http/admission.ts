import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { AppError } from "../errors";

/** How long an operation may have to wait for those before it, about, before new ones are refused. */
const PATIENCE_S = 0.18;
/** Admitted at the same time before it is known how many a second are answered, and at least ever. */
const UNTRIED = 128;
const FEWEST = 32;
/** What is answered a second is measured over so long, while so many are under way all the time. */
const WINDOW_MS = 500;
const BUSY = 8;
/** Mutations wait for hosts and disks rather than for each other, and have places of their own. */
const MUTATIONS = 128;
const RETRY_AFTER_S = 1;

const overloaded = (): AppError =>
  new AppError(
    "OVERLOADED",
    `The server has as much to do as it can answer in time. Try again in ${RETRY_AFTER_S} s, or with fewer requests at once.`,
  );

/** What those who still work for a client are told when it has hung up. */
export const hungUp = (): AppError => new AppError("BAD_USER_INPUT", "The client hung up before it was answered.");

/** Under overload many are refused for one that is answered: the refusal is written once, and sent in one piece. */
const REFUSAL = refusalBody();
const REFUSAL_HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "content-length": REFUSAL.length,
  "retry-after": String(RETRY_AFTER_S),
  vary: "Origin",
  "access-control-expose-headers": "Retry-After",
};

function refusalBody(): Buffer {
  const { code, message, retryable } = overloaded();
  return Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code, retryable } }] }));
}

/**
 * How many operations may be under way. By Little's law those that are under way wait for their number by the number that
 * is answered a second; so what was answered in the last busy time tells how many may be admitted.
 */
export class Admission {
  #queries = 0;
  #mutations = 0;
  #answered = 0;
  #leastUnderWay = 0;
  #windowSince = performance.now();
  #perSecond: number | null = null;

  /** Null: too many are under way already. Whoever is admitted calls `leave` once. */
  enter(): Admitted | null {
    if (this.#queries >= this.limit) return null;
    this.#queries++;
    return new Admitted(
      () => this.#leaveQueries(),
      () => this.#toMutations(),
    );
  }

  /** How many may be under way now, mutations apart. */
  get limit(): number {
    return this.#perSecond === null ? UNTRIED : Math.max(FEWEST, Math.round(PATIENCE_S * this.#perSecond));
  }

  #leaveQueries(): void {
    this.#queries--;
    this.#answered++;
    this.#leastUnderWay = Math.min(this.#leastUnderWay, this.#queries);
    const passedMs = performance.now() - this.#windowSince;
    if (passedMs < WINDOW_MS) return;
    if (this.#leastUnderWay >= BUSY) this.#perSecond = (1_000 * this.#answered) / passedMs;
    this.#answered = 0;
    this.#leastUnderWay = this.#queries;
    this.#windowSince = performance.now();
  }

  #toMutations(): () => void {
    if (this.#mutations >= MUTATIONS) throw overloaded();
    this.#queries--;
    this.#mutations++;
    return () => void this.#mutations--;
  }
}

/** The place of one operation. */
export class Admitted {
  readonly #gone = new AbortController();
  #reason: AppError | null = null;
  #release: (() => void) | null;
  #isMutation = false;

  constructor(
    release: () => void,
    private readonly toMutations: () => () => void,
  ) {
    this.#release = release;
  }

  /** Whether its client has hung up. */
  get aborted(): boolean {
    return this.#reason !== null;
  }

  /** What to tell those who still work for it then; null: its client waits. */
  get reason(): AppError | null {
    return this.#reason;
  }

  /**
   * Aborted when its client has hung up. For who needs a signal: Node makes it when it is asked for, version 20 by changing an
   * object's prototype, which keeps all that its request made until V8's next major collection.
   */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Takes the place of a mutation instead, once. Throws OVERLOADED when there is none. */
  asMutation(): void {
    if (this.#release === null || this.#isMutation) return;
    this.#release = this.toMutations();
    this.#isMutation = true;
  }

  /** `isAnswered`: whether its client got all of the answer. */
  leave(isAnswered: boolean): void {
    this.#release?.();
    this.#release = null;
    if (isAnswered) return;
    this.#reason = hungUp();
    this.#gone.abort(this.#reason);
  }
}

const admittedTo = new WeakMap<IncomingMessage, Admitted>();

/** Its place, where a request came in through `admitting`. */
export const placeOf = (request: IncomingMessage): Admitted | null => admittedTo.get(request) ?? null;

export interface AdmittingOptions {
  readonly admission: Admission;
  /** Whether pages of an origin may read an answer. */
  readonly allowsOrigin: (origin: string) => boolean;
}

/** Lets GraphQL operations in as far as there is room, and refuses the others before anything is read of them. */
export function admitting(app: RequestListener, { admission, allowsOrigin }: AdmittingOptions): RequestListener {
  return (request, response) => {
    if (!isOperation(request)) return app(request, response);
    const place = admission.enter();
    if (place === null) return refuse(request, response, allowsOrigin);
    admittedTo.set(request, place);
    response.once("close", () => place.leave(response.writableFinished));
    app(request, response);
  };
}

const isOperation = ({ method, url = "" }: IncomingMessage): boolean =>
  (method === "POST" || method === "GET") && (url === "/graphql" || url.startsWith("/graphql?"));

function refuse(
  { headers }: IncomingMessage,
  response: ServerResponse,
  allowsOrigin: (origin: string) => boolean,
): void {
  const { origin } = headers;
  if (origin !== undefined && allowsOrigin(origin)) response.setHeader("access-control-allow-origin", origin);
  response.writeHead(503, REFUSAL_HEADERS);
  response.end(REFUSAL);
}
