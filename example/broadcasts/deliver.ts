/** Sends a few messages of whichever broadcasts have any queued. */
import type { Session } from "../database/database.ts";
import { handOver, senderField, type OutgoingMessage } from "../mail/outbox.ts";
import { render, type Values } from "../mail/render.ts";

interface DeliveryRow {
  readonly organization_id: string;
  readonly broadcast_id: string;
  readonly contact_id: string;
  readonly email: string;
  readonly subject: string;
  readonly html: string;
  readonly sender_name: string;
  readonly sender_email: string;
  readonly attributes: Values;
}

/** Small, so that a cancellation never waits long for the messages that are leaving. */
const batchSize = 50;

const claim = `SELECT d.organization_id, d.broadcast_id, d.contact_id, d.email, b.subject, b.html, b.sender_name,
  b.sender_email, c.attributes
FROM deliveries d
  JOIN broadcasts b ON b.organization_id = d.organization_id AND b.id = d.broadcast_id
  JOIN contacts c ON c.organization_id = d.organization_id AND c.id = d.contact_id
WHERE d.status = 'queued' AND b.status = 'Triggered'
LIMIT ${batchSize} FOR UPDATE OF d SKIP LOCKED`;

const note = `UPDATE deliveries d SET status = n.status, error = n.error
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[])
  AS n (organization_id, broadcast_id, contact_id, status, error)
WHERE d.organization_id = n.organization_id AND d.broadcast_id = n.broadcast_id AND d.contact_id = n.contact_id`;

/** Call it in a transaction, which holds the claim. Returns how many deliveries it dealt with. */
export async function deliverSome(session: Session): Promise<number> {
  const { rows } = await session.query<DeliveryRow>(claim);
  if (rows.length === 0) return 0;
  const outcomes = rows.map(attempt);
  await handOver(
    session,
    outcomes.flatMap(({ message }) => message ?? []),
  );
  await session.query(note, [
    rows.map((row) => row.organization_id),
    rows.map((row) => row.broadcast_id),
    rows.map((row) => row.contact_id),
    outcomes.map(({ message }) => (message === undefined ? "failed" : "sent")),
    outcomes.map(({ error }) => error ?? null),
  ]);
  return rows.length;
}

function attempt(row: DeliveryRow): { readonly message?: OutgoingMessage; readonly error?: string } {
  const rendered = render(row, row.attributes);
  if (rendered.missing !== undefined) {
    return { error: `There is no value for the placeholder "${rendered.missing}".` };
  }
  return {
    message: {
      organizationId: row.organization_id,
      contactId: row.contact_id,
      broadcastId: row.broadcast_id,
      sender: senderField(row.sender_name, row.sender_email),
      recipient: row.email,
      subject: rendered.subject,
      html: rendered.html,
    },
  };
}
