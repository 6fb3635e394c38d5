/** Broadcasts as they are stored, and as they are shown. */
import type { Broadcast, BroadcastStatus } from "../api/responses.ts";
import { only, type Session } from "../database/database.ts";
import type { Owned } from "../database/owned.ts";
import type { Draft } from "./compose.ts";

export interface BroadcastRow extends Owned {
  readonly name: string;
  readonly status: BroadcastStatus;
  readonly started_at: Date | null;
  readonly completed_at: Date | null;
}

/** SQL: the states that a broadcast never leaves. */
export const terminalStates = "('Sent', 'Failed', 'Archived')";

/** Stores a broadcast that the worker will find. */
export async function insertBroadcast(session: Session, draft: Draft): Promise<BroadcastRow> {
  const { organizationId, segmentId, name, subject, html, sender } = draft;
  const inserted = await session.query<BroadcastRow>(
    `INSERT INTO broadcasts
  (organization_id, segment_id, name, subject, html, sender_profile_id, sender_name, sender_email)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
    [organizationId, segmentId, name, subject, html, sender.id, sender.name, sender.fromEmail],
  );
  return only(inserted);
}

export async function toBroadcast(session: Session, row: BroadcastRow): Promise<Broadcast> {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    // Scheduling is not offered yet: everything is sent at once.
    scheduledAt: null,
    startedAt: row.started_at?.toISOString() ?? null,
    completedAt: row.completed_at?.toISOString() ?? null,
    stats: await readStats(session, row),
  };
}

/** Counted, not kept: figures that are written down beside the deliveries could disagree with them. */
async function readStats(
  session: Session,
  { organization_id, id }: BroadcastRow,
): Promise<Broadcast["stats"]> {
  const counted = await session.query<Broadcast["stats"]>(
    `SELECT count(*) FILTER (WHERE status = 'queued')::int AS queued,
  count(*) FILTER (WHERE status = 'sent')::int AS sent,
  count(*) FILTER (WHERE status = 'failed')::int AS failed
FROM deliveries WHERE organization_id = $1 AND broadcast_id = $2`,
    [organization_id, id],
  );
  return only(counted);
}
