/** Finds the person that a run is for, or adds one who is not known yet. */
import type { JourneyRecipient } from "../api/responses.ts";
import type { Session } from "../database/database.ts";

/** The id that says most comes first, should they name different people. */
const find = `SELECT id FROM contacts
WHERE organization_id = $1 AND (user_id = $2 OR lower(email) = lower($3) OR anonymous_id = $4)
ORDER BY user_id = $2 DESC NULLS LAST, lower(email) = lower($3) DESC NULLS LAST LIMIT 1`;

/** Whoever was added this way has not agreed to receive broadcasts. */
const add = `INSERT INTO contacts (organization_id, user_id, email, anonymous_id) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING RETURNING id`;

/** @returns the id of the contact */
export async function findOrAddContact(
  session: Session,
  organizationId: string,
  { userId = null, email = null, anonymousId = null }: Nullable<JourneyRecipient>,
): Promise<string> {
  const values = [organizationId, userId, email, anonymousId];
  // The third look sees whom another call added between the first and the second.
  for (const statement of [find, add, find]) {
    const { rows } = await session.query<{ id: string }>(statement, values);
    const [row] = rows;
    if (row !== undefined) return row.id;
  }
  throw new RangeError("The contact was neither found nor added.");
}

type Nullable<Type> = { readonly [Name in keyof Type]: Type[Name] | null };
