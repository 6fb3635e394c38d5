/** Hands messages over for good. */
import type { Session } from "../database/database.ts";

export interface OutgoingMessage {
  readonly organizationId: string;
  readonly contactId: string;
  /** What it was sent for: one of the two. */
  readonly broadcastId?: string;
  readonly runId?: string;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly html: string;
}

/**
 * Call it in the transaction that notes the messages as sent: then both are true or neither is, whenever the process dies,
 * and nothing is ever sent twice.
 */
export async function handOver(session: Session, messages: readonly OutgoingMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const column = (read: (message: OutgoingMessage) => string | undefined): (string | null)[] =>
    messages.map((message) => read(message) ?? null);
  await session.query(
    `INSERT INTO outbox (organization_id, contact_id, broadcast_id, run_id, sender, recipient, subject, html)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[])`,
    [
      column(({ organizationId }) => organizationId),
      column(({ contactId }) => contactId),
      column(({ broadcastId }) => broadcastId),
      column(({ runId }) => runId),
      column(({ sender }) => sender),
      column(({ recipient }) => recipient),
      column(({ subject }) => subject),
      column(({ html }) => html),
    ],
  );
}

/** As it stands in the field `From`. */
export function senderField(name: string, email: string): string {
  return `"${name.replace(/["\\]/g, "\\$&")}" <${email}>`;
}
