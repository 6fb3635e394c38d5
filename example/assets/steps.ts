/** Lets assets disappear that were announced and never finalized. */
import type { Database } from "../database/database.ts";
import type { Step } from "../worker/worker.ts";

const everyMs = 60_000;

const sweep = `DELETE FROM assets WHERE (organization_id, id) IN (
  SELECT organization_id, id FROM assets
  WHERE finalized_at IS NULL AND upload_expires_at < now() - interval '1 day'
  LIMIT 100 FOR UPDATE SKIP LOCKED)`;

export function assetSteps(database: Database): readonly Step[] {
  let nextSweep = 0;
  return [
    async () => {
      const now = Date.now();
      if (now < nextSweep) return false;
      nextSweep = now + everyMs;
      await database.query(sweep);
      return false;
    },
  ];
}
