-- Journeys and their runs.
CREATE TABLE journeys (
  organization_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  sender_profile_id uuid NOT NULL,
  -- In order: {"kind": "message", "subject", "html"} or {"kind": "exit-unless-subscribed"}.
  steps jsonb NOT NULL,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, sender_profile_id) REFERENCES sender_profiles
);

CREATE TABLE journey_runs (
  organization_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  journey_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  workflow_id uuid NOT NULL DEFAULT gen_random_uuid(),
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'completed', 'failed', 'exited')),
  -- Steps that are done.
  position integer NOT NULL DEFAULT 0,
  -- JSON as it came. It is of no type of JSON here, because PostgreSQL takes less than the RFC does: no NUL, for one.
  variables text NOT NULL,
  triggered_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  error text,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, journey_id) REFERENCES journeys,
  FOREIGN KEY (organization_id, contact_id) REFERENCES contacts
);
CREATE INDEX journey_runs_at_work ON journey_runs (triggered_at) WHERE status IN ('queued', 'running');
