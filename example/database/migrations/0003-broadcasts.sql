-- Prepared sends, the broadcasts that come of them, and one delivery for each recipient.
CREATE TABLE prepared_sends (
  organization_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Only this user may redeem it.
  user_id uuid NOT NULL,
  name text NOT NULL,
  segment_id uuid NOT NULL,
  -- The message as it was prepared: later changes to the template do not count.
  subject text NOT NULL,
  html text NOT NULL,
  sender_profile_id uuid NOT NULL,
  sender_name text NOT NULL,
  sender_email text NOT NULL,
  expires_at timestamptz NOT NULL,
  -- The call that is redeeming it, and until when that one counts as alive.
  redeem_token uuid,
  redeem_until timestamptz,
  redeemed_at timestamptz,
  broadcast_id uuid,
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, user_id) REFERENCES users,
  FOREIGN KEY (organization_id, segment_id) REFERENCES segments,
  CHECK ((redeemed_at IS NULL) = (broadcast_id IS NULL))
);

CREATE TABLE broadcasts (
  organization_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  -- At most one broadcast comes of a prepared send, whatever the code above it does.
  prepared_send_id uuid,
  name text NOT NULL,
  status text NOT NULL DEFAULT 'NotStarted' CHECK (status IN
    ('NotStarted', 'InProgress', 'Triggered', 'Sent', 'Failed', 'Archived', 'Warming', 'Paused')),
  segment_id uuid NOT NULL,
  subject text NOT NULL,
  html text NOT NULL,
  sender_profile_id uuid NOT NULL,
  sender_name text NOT NULL,
  sender_email text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  completed_at timestamptz,
  PRIMARY KEY (organization_id, id),
  UNIQUE (organization_id, prepared_send_id),
  FOREIGN KEY (organization_id, segment_id) REFERENCES segments,
  FOREIGN KEY (organization_id, prepared_send_id) REFERENCES prepared_sends
);
-- What the worker looks for.
CREATE INDEX broadcasts_at_work ON broadcasts (created_at)
  WHERE status IN ('NotStarted', 'InProgress', 'Triggered');

CREATE TABLE deliveries (
  organization_id uuid NOT NULL,
  broadcast_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  email text NOT NULL,
  -- `dropped`: still queued when the broadcast was cancelled.
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'failed', 'dropped')),
  error text,
  -- One message for each recipient.
  PRIMARY KEY (organization_id, broadcast_id, contact_id),
  FOREIGN KEY (organization_id, broadcast_id) REFERENCES broadcasts,
  FOREIGN KEY (organization_id, contact_id) REFERENCES contacts
);
CREATE INDEX deliveries_queued ON deliveries (organization_id, broadcast_id) WHERE status = 'queued';

-- Mail that has left, as far as this service goes: a relay takes it from here. It is written in the transaction that notes
-- the delivery as sent, so that neither is ever true without the other. It has no key that would hide a double send.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organization_id uuid NOT NULL,
  broadcast_id uuid,
  run_id uuid,
  contact_id uuid NOT NULL,
  sender text NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  html text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
