/** Who is in a segment, worked out afresh each time. */
import { only, type Session } from "../database/database.ts";

/** SQL: is the contact `c` in the segment `s`, and may it be written to? */
export const inAudience = `c.organization_id = s.organization_id AND c.subscribed AND c.email IS NOT NULL
  AND c.attributes @> s.filter`;

export async function countAudience(
  session: Session,
  segment: { readonly id: string; readonly organization_id: string },
): Promise<number> {
  const counted = await session.query<{ count: number }>(
    `SELECT count(c.id)::int AS count FROM segments s LEFT JOIN contacts c ON ${inAudience}
WHERE s.organization_id = $1 AND s.id = $2`,
    [segment.organization_id, segment.id],
  );
  return only(counted).count;
}
