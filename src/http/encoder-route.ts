import { createHash, timingSafeEqual } from "node:crypto";
import express, { Router, type Request, type RequestHandler, type Response } from "express";
import { AppError } from "../errors";
import type { Gone } from "../ports/gone";
import { hungUp } from "./admission";
import { sendError } from "./send-error";

/** The model as it is served to other servers. */
export interface ServedEncoder {
  /** Plain data. */
  describe(): object;
  /** What goes with the model, as JSON. */
  calibration(): Promise<Buffer>;
  /** Answers a request's body; throws the reason of who is `gone` while it waits for the model. */
  embed(body: Buffer, gone: Gone): Promise<Buffer>;
  /** The same for token counts; plain data. */
  tokens(body: Buffer): Promise<object>;
}

export interface EncoderRouteOptions {
  readonly encoder: ServedEncoder;
  /** What callers send as a bearer token. */
  readonly secret: string;
}

/** 32 pictures of 512 px are 25 MB. */
const MAX_BODY_BYTES = 67_108_864;
/** Read or waiting for the model, of all callers; the others come again. */
const MOST_REQUESTS = 64;
const MOST_BYTES = 268_435_456;
const RETRY_AFTER_S = 1;

/** `GET /`: what model is served; `GET /calibration`: what goes with it; `POST /embed`: vectors; `POST /tokens`: token counts. For who knows the secret, and as many at a time as there is room for. */
export function encoderRoute({ encoder, secret }: EncoderRouteOptions): RequestHandler {
  const router = Router();
  router.use(authenticated(secret));
  router.get("/", (_, response) => void response.json(encoder.describe()));
  router.get("/calibration", async (_, response) => void response.type("json").send(await encoder.calibration()));
  const read = [bounded(), express.raw({ limit: MAX_BODY_BYTES, type: () => true, inflate: false })];
  router.post("/embed", read, async (request: Request, response: Response) => {
    const vectors = await encoder.embed(bytesOf(request.body), new Caller(response));
    response.type("application/octet-stream").send(vectors);
  });
  router.post("/tokens", read, async (request: Request, response: Response) => {
    if (!response.destroyed) response.json(await encoder.tokens(bytesOf(request.body)));
  });
  return router;
}

/** Who waits for a response; whoever hung up, while its body was read or later, is not encoded for. */
class Caller implements Gone {
  constructor(private readonly response: Response) {}

  get aborted(): boolean {
    return this.response.destroyed;
  }

  get reason(): AppError {
    return hungUp();
  }
}

const bytesOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

function authenticated(secret: string): RequestHandler {
  const known = digest(`Bearer ${secret}`);
  return (request, response, next) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ""), known)) return next();
    const message = "This server's model is for those that know its ENCODER_SECRET. Set MODEL_API_KEY to it.";
    response.setHeader("WWW-Authenticate", "Bearer");
    sendError(response, new AppError("BAD_USER_INPUT", message), 401);
  };
}

/** Equally long whatever it is of, so that comparing takes equally long. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Refuses, before any of it is read, what is too large or comes while there is much to do already. */
function bounded(): RequestHandler {
  let [requests, bytes] = [0, 0];
  return (request, response, next) => {
    const length = Number(request.headers["content-length"] ?? Number.NaN);
    if (Number.isNaN(length)) {
      return sendError(response, new AppError("BAD_USER_INPUT", "Send Content-Length: the body is binary."), 411);
    }
    if (length > MAX_BODY_BYTES) {
      return sendError(
        response,
        new AppError("TOO_LARGE", `The body is over ${MAX_BODY_BYTES} bytes. Send less at once.`),
      );
    }
    if (requests >= MOST_REQUESTS || bytes + length > MOST_BYTES) return refuse(response);
    requests++;
    bytes += length;
    response.once("close", () => {
      requests--;
      bytes -= length;
    });
    next();
  };
}

function refuse(response: Parameters<RequestHandler>[1]): void {
  response.setHeader("Retry-After", String(RETRY_AFTER_S));
  sendError(
    response,
    new AppError("OVERLOADED", `The model has as much to do as it can. Send it again after ${RETRY_AFTER_S} s.`),
  );
}
