-- Organizations, their users, and the keys that users make.
--
-- Everything that belongs to an organization has its id as the first part of its primary key. A look-up by another
-- organization's id therefore does the very work of one that finds nothing, and a foreign key that names both parts
-- cannot reach across.
CREATE TABLE organizations (
  id uuid PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE users (
  organization_id uuid NOT NULL REFERENCES organizations,
  id uuid NOT NULL,
  email text NOT NULL,
  PRIMARY KEY (organization_id, id)
);

CREATE TABLE api_keys (
  -- The part of the key that is not a secret.
  id text PRIMARY KEY,
  -- SHA-256 of the part that is. It has 256 random bits, so there is nothing to be guessed and no need of a slow hash.
  secret_hash bytea NOT NULL,
  organization_id uuid NOT NULL,
  user_id uuid NOT NULL,
  scopes text[] NOT NULL,
  allow_sends boolean NOT NULL DEFAULT false,
  expires_at timestamptz,
  revoked_at timestamptz,
  FOREIGN KEY (organization_id, user_id) REFERENCES users
);
