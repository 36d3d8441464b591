import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Ledger } from "../search/ledger";
import { Database } from "./database";
import { LibsqlJobs } from "./libsql-jobs";
import { LibsqlQueue } from "./libsql-queue";
import { LibsqlUploads } from "./libsql-uploads";

export interface LedgerOptions {
  /** A file's path, or the URL of a libSQL server ("libsql:", "http:", "https:"). */
  readonly address: string;
  readonly token: string | null;
}

/** Opens the ledger, making it where there is none. Throws LEDGER_UNAVAILABLE. */
export async function openLedger({ address, token }: LedgerOptions): Promise<Ledger> {
  const isServer = /^(libsql|https?):/.test(address);
  if (!isServer) await mkdir(dirname(address), { recursive: true });
  const database = await Database.open(isServer ? address : pathToFileURL(address).href, token);
  return {
    jobs: new LibsqlJobs(database),
    queue: new LibsqlQueue(database),
    uploads: new LibsqlUploads(database),
    secret: (name) => secret(database, name),
    close: async () => database.close(),
  };
}

async function secret(database: Database, name: string): Promise<string> {
  const [, found] = await database.write([
    {
      sql: `INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`,
      args: [name, randomBytes(32).toString("hex")],
    },
    { sql: `SELECT value FROM secrets WHERE name = ?`, args: [name] },
  ]);
  return String(found!.rows[0]!["value"]);
}
