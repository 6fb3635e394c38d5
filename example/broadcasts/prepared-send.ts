/** Prepared sends: made once, redeemed once. */
import { randomUUID } from "node:crypto";
import { only, type Session } from "../database/database.ts";
import type { Owned } from "../database/owned.ts";
import type { Draft } from "./compose.ts";

export interface PreparedSendRow extends Owned {
  readonly expires_at: Date;
}

/** What a call that wants to redeem may do. */
export type RedeemTurn =
  /** Nobody else redeems while this call holds the token. */
  | { readonly state: "claimed"; readonly token: string }
  | { readonly state: "busy" }
  | { readonly state: "redeemed"; readonly broadcastId: string }
  | { readonly state: "expired"; readonly reason: "lapsed" | "redeemed" };

/** How long the response of a redeem can be had again. */
const replayWindow = "interval '24 hours'";

export async function insertPreparedSend(
  session: Session,
  draft: Draft,
  userId: string,
): Promise<PreparedSendRow> {
  const { organizationId, segmentId, name, subject, html, sender } = draft;
  const inserted = await session.query<PreparedSendRow>(
    `INSERT INTO prepared_sends
  (organization_id, user_id, segment_id, name, subject, html, sender_profile_id, sender_name, sender_email, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + interval '15 minutes') RETURNING *`,
    [organizationId, userId, segmentId, name, subject, html, sender.id, sender.name, sender.fromEmail],
  );
  return only(inserted);
}

/**
 * Takes the prepared send for this call, in one statement: of any number of calls in any number of processes, one gets it. It
 * has it for `leaseMs` milliseconds; if it dies, another may try then. All times are the database's.
 */
export async function claimRedeem(
  session: Session,
  prepared: PreparedSendRow,
  leaseMs: number,
): Promise<RedeemTurn> {
  const token = randomUUID();
  const { rows } = await session.query(
    `UPDATE prepared_sends SET redeem_token = $3,
  redeem_until = clock_timestamp() + $4::float8 * interval '1 millisecond'
WHERE organization_id = $1 AND id = $2 AND redeemed_at IS NULL AND expires_at > clock_timestamp()
  AND (redeem_until IS NULL OR redeem_until <= clock_timestamp()) RETURNING id`,
    [prepared.organization_id, prepared.id, token, leaseMs],
  );
  return rows.length > 0 ? { state: "claimed", token } : readTurn(session, prepared);
}

interface TurnRow {
  readonly broadcast_id: string | null;
  readonly replayable: boolean | null;
  readonly busy: boolean | null;
  readonly lapsed: boolean;
}

/** Why the claim failed. A call that redeems still may succeed, even past the 15 minutes: it came in time. */
async function readTurn(session: Session, prepared: PreparedSendRow): Promise<RedeemTurn> {
  const read = await session.query<TurnRow>(
    `SELECT broadcast_id, redeemed_at > clock_timestamp() - ${replayWindow} AS replayable,
  redeem_until > clock_timestamp() AS busy, expires_at <= clock_timestamp() AS lapsed
FROM prepared_sends WHERE organization_id = $1 AND id = $2`,
    [prepared.organization_id, prepared.id],
  );
  const { broadcast_id, replayable, busy, lapsed } = only(read);
  if (broadcast_id !== null) {
    return replayable === true
      ? { state: "redeemed", broadcastId: broadcast_id }
      : { state: "expired", reason: "redeemed" };
  }
  return lapsed && busy !== true ? { state: "expired", reason: "lapsed" } : { state: "busy" };
}

/**
 * Turns the prepared send into a broadcast. Call it in a transaction.
 *
 * @returns the id of the broadcast; `undefined` where another call has taken over meanwhile
 */
export async function redeem(
  session: Session,
  prepared: PreparedSendRow,
  token: string,
): Promise<string | undefined> {
  const broadcastId = randomUUID();
  const { organization_id, id } = prepared;
  const { rows } = await session.query(
    `UPDATE prepared_sends SET redeemed_at = clock_timestamp(), broadcast_id = $4, redeem_until = NULL
WHERE organization_id = $1 AND id = $2 AND redeem_token = $3 AND redeemed_at IS NULL RETURNING id`,
    [organization_id, id, token, broadcastId],
  );
  if (rows.length === 0) return undefined;
  await session.query(
    `INSERT INTO broadcasts (organization_id, id, prepared_send_id, segment_id, name, subject, html,
  sender_profile_id, sender_name, sender_email)
SELECT organization_id, broadcast_id, id, segment_id, name, subject, html, sender_profile_id, sender_name, sender_email
FROM prepared_sends WHERE organization_id = $1 AND id = $2`,
    [organization_id, id],
  );
  return broadcastId;
}

/** Lets the next call try at once, where this one has failed. */
export async function releaseRedeem(
  session: Session,
  prepared: PreparedSendRow,
  token: string,
): Promise<void> {
  await session.query(
    `UPDATE prepared_sends SET redeem_until = NULL
WHERE organization_id = $1 AND id = $2 AND redeem_token = $3 AND redeemed_at IS NULL`,
    [prepared.organization_id, prepared.id, token],
  );
}
