/** What rooms need of a logger; pino's satisfies it. Fields never hold a client's text, picture or address. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
