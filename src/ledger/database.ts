import { setTimeout as pause } from "node:timers/promises";
import type { Client, InArgs, ResultSet, Row } from "@libsql/client";
import { AppError } from "../errors";
import { LATER_COLUMNS, SCHEMA } from "./schema";

export interface Statement {
  readonly sql: string;
  readonly args: InArgs;
}

const BUSY_TRIES = 40;
const BUSY_PAUSE_MS = 50;

/**
 * The ledger's database: "file:…" or a libSQL server's URL. Every write is on the disk when it returns. Throws
 * LEDGER_UNAVAILABLE, the cause kept. Only single statements and batches: a batch is stored whole or not at all.
 */
export class Database {
  private constructor(private readonly client: Client) {}

  /** Opens it and makes its tables where they are missing. */
  static async open(url: string, token: string | null): Promise<Database> {
    const isFile = url.startsWith("file:");
    const database = new Database(await connect(url, token, isFile));
    try {
      if (isFile) await database.#prepareFile();
      await database.write(SCHEMA.map((sql) => ({ sql, args: [] })));
      for (const later of LATER_COLUMNS) await database.#addColumn(later);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  async read(sql: string, args: InArgs = []): Promise<Row[]> {
    return (await this.#patiently(() => this.client.execute({ sql, args }))).rows;
  }

  /** Runs statements in one transaction; their results in order. */
  async write(statements: readonly Statement[]): Promise<ResultSet[]> {
    return this.#patiently(() => this.client.batch([...statements], "write"));
  }

  close(): void {
    this.client.close();
  }

  async #addColumn({ table, column, type }: (typeof LATER_COLUMNS)[number]): Promise<void> {
    const isThere = async () =>
      (await this.read(`SELECT 1 FROM pragma_table_info(?) WHERE name = ?`, [table, column])).length > 0;
    if (await isThere()) return;
    await this.write([{ sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${type}`, args: [] }]).catch(async (error) => {
      // Another server may have been quicker.
      if (!(await isThere())) throw error;
    });
  }

  async #prepareFile(): Promise<void> {
    await this.read("PRAGMA journal_mode = WAL");
    await this.read("PRAGMA synchronous = FULL");
    await this.read("PRAGMA busy_timeout = 1000");
  }

  /** Another process may be writing for a moment. */
  async #patiently<T>(call: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await call();
      } catch (error) {
        const busy = /SQLITE_BUSY|SQLITE_LOCKED/.test(String((error as { code?: unknown }).code));
        if (!busy || tries === BUSY_TRIES) throw unavailable(error);
      }
      await pause(BUSY_PAUSE_MS);
    }
  }
}

/** A file needs no client of servers, which takes as long to load as that of files. */
async function connect(url: string, token: string | null, isFile: boolean): Promise<Client> {
  try {
    const { createClient } = isFile ? await import("@libsql/client/sqlite3") : await import("@libsql/client");
    return createClient({ url, intMode: "number", ...(token === null ? {} : { authToken: token }) });
  } catch (error) {
    throw unavailable(error);
  }
}

const unavailable = (cause: unknown): AppError =>
  new AppError("LEDGER_UNAVAILABLE", "The ledger of this server could not be read or written. Try again later.", {
    cause,
  });
