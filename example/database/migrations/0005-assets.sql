-- Images and their bytes, and the secret that upload addresses are signed with.
CREATE TABLE assets (
  organization_id uuid NOT NULL REFERENCES organizations,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  filename text NOT NULL,
  content_type text NOT NULL,
  size integer NOT NULL,
  width integer,
  height integer,
  description text,
  alt_text text,
  image_type text,
  upload_expires_at timestamptz NOT NULL,
  finalized_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);
CREATE INDEX assets_abandoned ON assets (upload_expires_at) WHERE finalized_at IS NULL;

CREATE TABLE asset_files (
  organization_id uuid NOT NULL,
  asset_id uuid NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (organization_id, asset_id),
  FOREIGN KEY (organization_id, asset_id) REFERENCES assets ON DELETE CASCADE
);

-- Here rather than in the environment, so that all processes have the same one without anybody's doing.
CREATE TABLE secrets (
  name text PRIMARY KEY,
  value bytea NOT NULL
);
