/** The life of a run: queued, running, one step of the journey after another, then completed, exited or failed. */
import type { Database, Session } from "../database/database.ts";
import { handOver, senderField } from "../mail/outbox.ts";
import { render, type Values } from "../mail/render.ts";
import type { Step } from "../worker/worker.ts";
import type { JourneyRunRow, JourneyStep } from "./journey.ts";

interface RunAtWork extends JourneyRunRow {
  readonly position: number;
  readonly variables: string;
  readonly steps: readonly JourneyStep[];
  readonly sender_name: string;
  readonly sender_email: string;
  readonly contact_email: string | null;
  readonly subscribed: boolean;
  readonly attributes: Values;
}

/** Where a run stands after a step. */
interface Progress {
  readonly status: JourneyRunRow["status"];
  readonly error?: string;
}

const claim = `SELECT r.*, j.steps, p.name AS sender_name, p.from_email AS sender_email, c.email AS contact_email,
  c.subscribed, c.attributes
FROM journey_runs r
  JOIN journeys j ON j.organization_id = r.organization_id AND j.id = r.journey_id
  JOIN sender_profiles p ON p.organization_id = j.organization_id AND p.id = j.sender_profile_id
  JOIN contacts c ON c.organization_id = r.organization_id AND c.id = r.contact_id
WHERE r.status IN ('queued', 'running')
ORDER BY r.triggered_at LIMIT 1 FOR UPDATE OF r SKIP LOCKED`;

const begin = "UPDATE journey_runs SET status = 'running' WHERE organization_id = $1 AND id = $2";

const note = `UPDATE journey_runs SET position = position + 1, status = $3, error = $4,
  completed_at = CASE WHEN $3 = 'running' THEN NULL ELSE clock_timestamp() END
WHERE organization_id = $1 AND id = $2`;

export function journeySteps(database: Database): readonly Step[] {
  return [() => database.transaction(advance)];
}

/** The message of a step leaves in the transaction that notes the step as done. */
async function advance(session: Session): Promise<boolean> {
  const { rows } = await session.query<RunAtWork>(claim);
  const [run] = rows;
  if (run === undefined) return false;
  const key = [run.organization_id, run.id];
  if (run.status === "queued") {
    await session.query(begin, key);
    return true;
  }
  const { status, error = null } = await takeStep(session, run);
  await session.query(note, [...key, status, error]);
  return true;
}

async function takeStep(session: Session, run: RunAtWork): Promise<Progress> {
  const step = run.steps[run.position];
  if (step === undefined) return { status: "completed" };
  if (step.kind === "exit-unless-subscribed") return run.subscribed ? next(run) : { status: "exited" };
  if (run.contact_email === null) return { status: "failed", error: "The person has no e-mail address." };
  // The handler stored an object.
  const variables = JSON.parse(run.variables) as Values;
  const rendered = render(step, { ...run.attributes, ...variables });
  if (rendered.missing !== undefined) {
    const error = `Step ${run.position + 1} has no value for the placeholder "${rendered.missing}".`;
    return { status: "failed", error };
  }
  await handOver(session, [
    {
      organizationId: run.organization_id,
      contactId: run.contact_id,
      runId: run.id,
      sender: senderField(run.sender_name, run.sender_email),
      recipient: run.contact_email,
      subject: rendered.subject,
      html: rendered.html,
    },
  ]);
  return next(run);
}

function next({ position, steps }: RunAtWork): Progress {
  return { status: position + 1 < steps.length ? "running" : "completed" };
}
