import { IncomingMessage, ServerResponse } from "node:http";
import type { Express } from "express";

/**
 * Classes for a server's requests and responses, `createServer(messagesOf(app), app)`. Express gives each of them the prototypes of
 * its app; an object whose prototype was changed outlives all of V8's collections of young objects, and with it all that its
 * request made, until old ones are collected. Made with these classes they have the right prototypes from the start.
 */
export function messagesOf(app: Express) {
  class Request extends IncomingMessage {}
  class Response<M extends IncomingMessage> extends ServerResponse<M> {}
  Object.setPrototypeOf(Request.prototype, app.request);
  Object.setPrototypeOf(Response.prototype, app.response);
  app.request = Request.prototype as typeof app.request;
  app.response = Response.prototype as typeof app.response;
  return { IncomingMessage: Request, ServerResponse: Response };
}
