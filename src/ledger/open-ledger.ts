import { randomBytes } from "node:crypto";
import { access, constants, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { AppError } from "../errors";
import type { Ledger } from "../ports/ledger";
import { Database } from "./database";
import { LibsqlJobs } from "./libsql-jobs";
import { LibsqlQueue } from "./libsql-queue";
import { LibsqlUploads } from "./libsql-uploads";

export interface LedgerOptions {
  /** A file's path, or the URL of a libSQL server ("libsql:", "http:", "https:"). */
  readonly address: string;
  readonly token: string | null;
}

/** Opens the ledger, making it where there is none. Throws LEDGER_UNAVAILABLE, INVALID_CONFIGURATION for a folder that cannot be written. */
export async function openLedger({ address, token }: LedgerOptions): Promise<Ledger> {
  const isServer = /^(libsql|https?):/.test(address);
  if (!isServer) await checkWritable(dirname(address));
  const database = await Database.open(isServer ? address : pathToFileURL(address).href, token);
  return {
    jobs: new LibsqlJobs(database),
    queue: new LibsqlQueue(database),
    uploads: new LibsqlUploads(database),
    secret: (name) => secret(database, name),
    close: async () => database.close(),
  };
}

/** A ledger that can only be read opens without a fault, and then no job is ever worked on. */
async function checkWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const message = `The ledger cannot be written to ${folder}. Set DATA_FOLDER or LEDGER_URL to a place that can be written.`;
    throw new AppError("INVALID_CONFIGURATION", message, { cause });
  }
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
