/** The operations of journeys. */
import type { JourneysHandlers } from "../../generated/server.ts";
import type { Caller } from "../api/caller.ts";
import { only, type Database, type Session } from "../database/database.ts";
import { owned, type Owned } from "../database/owned.ts";
import { isTooDeep, maxDepth } from "./depth.ts";
import { toJourneyRun, type JourneyRunRow } from "./journey.ts";
import { findOrAddContact } from "./recipient.ts";

const insertRun = `INSERT INTO journey_runs (organization_id, journey_id, contact_id, variables)
VALUES ($1, $2, $3, $4) RETURNING *`;

export function journeysHandlers(database: Database, wake: () => void): JourneysHandlers<Caller, Session> {
  const journeys = owned<Owned>(database, "journeys");
  const runs = owned<JourneyRunRow>(database, "journey_runs");
  return {
    triggerJourney: async ({ path, body, find, fail, remember }) => {
      const { recipient, variables = {} } = body;
      if (isTooDeep(variables)) {
        const message = `must not be nested more than ${maxDepth} levels deep`;
        return fail("bad_request", {
          issues: [{ in: "body", pointer: "/variables", rule: "maxDepth", message }],
        });
      }
      const journey = await find(journeys, path.id);
      const result = await database.transaction(async (session) => {
        const contactId = await findOrAddContact(session, journey.organization_id, recipient);
        const values = [journey.organization_id, journey.id, contactId, JSON.stringify(variables)];
        const { id, workflow_id, status } = only(await session.query<JourneyRunRow>(insertRun, values));
        return remember({ status: 202, body: { runId: id, workflowId: workflow_id, status } }, session);
      });
      wake();
      return result;
    },

    getJourneyRun: async ({ path, find }) => {
      return { status: 200, body: toJourneyRun(await find(runs, path.runId)) };
    },
  };
}
