import { serverUrl } from "./create-client";

/** Server-sent events; the stream answers to nothing that would take another format as well. */
export const STREAM = { url: serverUrl("graphql/stream"), fetchOptions: { headers: { accept: "text/event-stream" } } };
