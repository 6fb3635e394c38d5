/** Journeys and runs as they are stored, and runs as they are shown. */
import type { JourneyRun } from "../api/responses.ts";
import type { Owned } from "../database/owned.ts";
import type { Message } from "../mail/render.ts";

export type JourneyStep =
  | ({ readonly kind: "message" } & Message)
  /** Ends the run for a person who does not want to be written to. */
  | { readonly kind: "exit-unless-subscribed" };

export interface JourneyRunRow extends Owned {
  readonly journey_id: string;
  readonly contact_id: string;
  readonly workflow_id: string;
  readonly status: JourneyRun["status"];
  readonly triggered_at: Date;
  readonly completed_at: Date | null;
  readonly error: string | null;
}

export function toJourneyRun(row: JourneyRunRow): JourneyRun {
  return {
    runId: row.id,
    journeyId: row.journey_id,
    profileId: row.contact_id,
    workflowId: row.workflow_id,
    status: row.status,
    triggeredAt: row.triggered_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
    error: row.error,
  };
}
