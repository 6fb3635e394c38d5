-- What the server kit keeps: idempotency keys (the statement is `idempotencyTable()`) and rate limits.
CREATE TABLE IF NOT EXISTS lockstep_idempotency (
  scope text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  token text NOT NULL,
  lease_until timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  response text,
  PRIMARY KEY (scope, key)
);
CREATE INDEX IF NOT EXISTS lockstep_idempotency_expires ON lockstep_idempotency (expires_at);

CREATE TABLE rate_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
