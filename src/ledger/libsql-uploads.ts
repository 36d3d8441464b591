import type { Row } from "@libsql/client";
import type { Upload, UploadLedger } from "../ports/ledger";
import type { Database } from "./database";

/** Uploads in the ledger's database. */
export class LibsqlUploads implements UploadLedger {
  constructor(private readonly database: Database) {}

  async add({ id, tenant, mediaType, bytes, sha256, state, expiresAt }: Upload): Promise<void> {
    await this.database.write([
      {
        sql: `INSERT INTO uploads (id, tenant, media_type, bytes, sha256, state, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        args: [id, tenant, mediaType, bytes, sha256, state, expiresAt.getTime()],
      },
    ]);
  }

  async get(tenant: string, id: string): Promise<Upload | null> {
    const [row] = await this.database.read(`SELECT * FROM uploads WHERE id = ? AND tenant = ?`, [id, tenant]);
    return row === undefined ? null : toUpload(row);
  }

  async markStored(tenant: string, id: string, sha256: string): Promise<void> {
    await this.database.write([
      {
        sql: `UPDATE uploads SET state = 'stored', sha256 = ? WHERE id = ? AND tenant = ?`,
        args: [sha256, id, tenant],
      },
    ]);
  }

  async expired(limit: number): Promise<Upload[]> {
    const rows = await this.database.read(
      `SELECT * FROM uploads WHERE expires_at < ? AND NOT EXISTS (
         SELECT 1 FROM items WHERE upload_id = uploads.id AND state IN ('pending', 'taken', 'failed', 'cancelled')
       ) ORDER BY expires_at LIMIT ?`,
      [Date.now(), limit],
    );
    return rows.map(toUpload);
  }

  async remove(tenant: string, ids: readonly string[]): Promise<void> {
    await this.database.write([
      {
        sql: `DELETE FROM uploads WHERE tenant = ? AND id IN (SELECT value FROM json_each(?))`,
        args: [tenant, JSON.stringify(ids)],
      },
    ]);
  }
}

const toUpload = (row: Row): Upload => ({
  id: String(row["id"]),
  tenant: String(row["tenant"]),
  mediaType: String(row["media_type"]),
  bytes: Number(row["bytes"]),
  sha256: typeof row["sha256"] === "string" ? row["sha256"] : null,
  state: row["state"] as Upload["state"],
  expiresAt: new Date(Number(row["expires_at"])),
});
