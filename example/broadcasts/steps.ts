/** The life of a broadcast: NotStarted, InProgress, Triggered, then Sent or Failed. Each step is one transaction. */
import type { Database, Session } from "../database/database.ts";
import { inAudience } from "../segments/audience.ts";
import type { Step } from "../worker/worker.ts";
import { deliverSome } from "./deliver.ts";

/** SQL: the key of the oldest broadcast that `condition` holds for and that no other worker is at. */
function oldest(condition: string): string {
  return `SELECT organization_id, id FROM broadcasts b WHERE ${condition}
ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED`;
}

const start = `UPDATE broadcasts SET status = 'InProgress', started_at = clock_timestamp()
WHERE (organization_id, id) = (${oldest("status = 'NotStarted'")}) RETURNING id`;

/** One delivery for everyone who is in the segment now. */
const queue = `INSERT INTO deliveries (organization_id, broadcast_id, contact_id, email)
SELECT b.organization_id, b.id, c.id, c.email FROM broadcasts b
  JOIN segments s ON s.organization_id = b.organization_id AND s.id = b.segment_id
  JOIN contacts c ON ${inAudience}
WHERE b.organization_id = $1 AND b.id = $2`;

const trigger = "UPDATE broadcasts SET status = 'Triggered' WHERE organization_id = $1 AND id = $2";

/** SQL: has the broadcast `b` any deliveries in this state? */
const has = (status: "queued" | "sent" | "failed"): string => `EXISTS (SELECT 1 FROM deliveries d
  WHERE d.organization_id = b.organization_id AND d.broadcast_id = b.id AND d.status = '${status}')`;

/** Deliveries that another worker is at count as queued until it commits; that worker then looks again. */
const finish = `UPDATE broadcasts b SET completed_at = clock_timestamp(),
  status = CASE WHEN ${has("failed")} AND NOT ${has("sent")} THEN 'Failed' ELSE 'Sent' END
WHERE (organization_id, id) = (${oldest(`status = 'Triggered' AND NOT ${has("queued")}`)}) RETURNING id`;

/** In this order, so that one round takes a small broadcast all the way. */
export function broadcastSteps(database: Database): readonly Step[] {
  return [
    async () => (await database.query(start)).rows.length > 0,
    () => database.transaction(queueDeliveries),
    () => database.transaction(async (session) => (await deliverSome(session)) > 0),
    async () => (await database.query(finish)).rows.length > 0,
  ];
}

async function queueDeliveries(session: Session): Promise<boolean> {
  const { rows } = await session.query<{ organization_id: string; id: string }>(
    oldest("status = 'InProgress'"),
  );
  const [broadcast] = rows;
  if (broadcast === undefined) return false;
  const key = [broadcast.organization_id, broadcast.id];
  await session.query(queue, key);
  await session.query(trigger, key);
  return true;
}
