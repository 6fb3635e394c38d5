/** Brings the database up to date: every file in `migrations/`, in the order of their names, each exactly once. */
import { readdirSync, readFileSync } from "node:fs";
import type { Database } from "./database.ts";

const folder = new URL("./migrations/", import.meta.url);
/** Names the lock that processes starting together queue at. Any number will do, as long as nothing else uses it. */
const migrationLock = 7_310_465;

/** Safe to call from several processes at once: one does the work, the others wait for it. */
export async function migrate(database: Database): Promise<void> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  for (const file of files.sort()) await database.script(step(file));
}

/** One transaction: it holds the lock, and file and note of it come to be together or not at all. */
function step(file: string): string {
  const name = file.replaceAll("'", "''");
  const body = readFileSync(new URL(file, folder), "utf8");
  return `SELECT pg_advisory_xact_lock(${migrationLock});
CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
DO $migration$
BEGIN
  IF EXISTS (SELECT 1 FROM migrations WHERE name = '${name}') THEN RETURN; END IF;
${body}
  INSERT INTO migrations (name) VALUES ('${name}');
END
$migration$;`;
}
