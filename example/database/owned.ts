/** The one way to look up what belongs to an organization. */
import { tenantResource, type TenantResource } from "lockstep-openapi-runtime/server";
import type { Session } from "./database.ts";

/** What every row of such a table has. */
export interface Owned {
  readonly id: string;
  readonly organization_id: string;
}

/** Tables whose primary key is (organization_id, id). */
export type OwnedTable =
  "assets" | "brand_kits" | "broadcasts" | "journey_runs" | "journeys" | "segments" | "templates";

/**
 * For `find`: a row by id and organization. Foreign and missing ids are the same to this statement, and to the index that
 * answers it.
 */
export function owned<Row extends Owned>(session: Session, table: OwnedTable): TenantResource<Row> {
  const text = `SELECT * FROM ${table} WHERE organization_id = $1 AND id = $2`;
  return tenantResource({
    load: async (id, organization) => (await session.query<Row>(text, [organization, id])).rows[0],
    tenantOf: ({ organization_id }) => organization_id,
  });
}

/** The same for what belongs to one user alone; `find` takes that user's id as a third argument. */
export function ownedByUser<Row extends Owned>(
  session: Session,
  table: "prepared_sends",
): TenantResource<Row, [userId: string]> {
  const text = `SELECT * FROM ${table} WHERE organization_id = $1 AND id = $2 AND user_id = $3`;
  return tenantResource({
    load: async (id, organization, user: string) =>
      (await session.query<Row>(text, [organization, id, user])).rows[0],
    tenantOf: ({ organization_id }) => organization_id,
  });
}
