/** Stops a broadcast. */
import type { BroadcastStatus } from "../api/responses.ts";
import { only, type Session } from "../database/database.ts";
import { terminalStates, type BroadcastRow } from "./broadcast.ts";

export type Cancelled =
  | { readonly broadcast: BroadcastRow; readonly ended?: undefined }
  /** It had ended before, in this state. */
  | { readonly ended: BroadcastStatus; readonly broadcast?: undefined };

/**
 * Call it in a transaction. The second statement waits for messages that are leaving at this moment, so that the figures
 * afterwards are final: what is queued now is dropped, and nothing leaves any more.
 */
export async function cancel(session: Session, { organization_id, id }: BroadcastRow): Promise<Cancelled> {
  const key = [organization_id, id];
  const { rows } = await session.query<BroadcastRow>(
    `UPDATE broadcasts SET status = 'Archived', completed_at = clock_timestamp()
WHERE organization_id = $1 AND id = $2 AND status NOT IN ${terminalStates} RETURNING *`,
    key,
  );
  const [broadcast] = rows;
  if (broadcast === undefined) {
    const read = "SELECT status FROM broadcasts WHERE organization_id = $1 AND id = $2";
    return { ended: only(await session.query<BroadcastRow>(read, key)).status };
  }
  await session.query(
    `UPDATE deliveries SET status = 'dropped'
WHERE organization_id = $1 AND broadcast_id = $2 AND status = 'queued'`,
    key,
  );
  return { broadcast };
}
