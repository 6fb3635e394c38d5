/** Inserts rows that may be there already. */
import type { Session } from "../database/database.ts";

/** Columns and values; texts for `jsonb` are JSON. */
export type Row = Readonly<Record<string, unknown>>;

/** Tables and their rows, those first that others refer to. */
export type Tables = readonly (readonly [table: string, rows: readonly Row[]])[];

/** @param table and the names of columns come from this repository, never from outside */
export async function insertMissing(session: Session, table: string, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`);
    await session.query(
      `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places.join(", ")}) ON CONFLICT DO NOTHING`,
      Object.values(row),
    );
  }
}
