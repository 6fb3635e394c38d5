-- What messages are made of and whom they may go to.
CREATE TABLE contacts (
  organization_id uuid NOT NULL REFERENCES organizations,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  email text,
  user_id text,
  anonymous_id text,
  -- Has agreed to receive broadcasts.
  subscribed boolean NOT NULL DEFAULT false,
  attributes jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX contacts_email ON contacts (organization_id, lower(email));
CREATE UNIQUE INDEX contacts_user ON contacts (organization_id, user_id);
CREATE UNIQUE INDEX contacts_anonymous ON contacts (organization_id, anonymous_id);

CREATE TABLE segments (
  organization_id uuid NOT NULL REFERENCES organizations,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  description text,
  -- The rule: contacts whose attributes contain all of these.
  filter jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);

CREATE TABLE sender_profiles (
  organization_id uuid NOT NULL REFERENCES organizations,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  from_email text NOT NULL,
  PRIMARY KEY (organization_id, id)
);

CREATE TABLE templates (
  organization_id uuid NOT NULL REFERENCES organizations,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  type text NOT NULL DEFAULT 'Email',
  status text NOT NULL DEFAULT 'Active' CHECK (status IN ('Active', 'Archived')),
  purpose text NOT NULL DEFAULT 'General'
    CHECK (purpose IN ('General', 'Newsletter', 'Promotional', 'Transactional', 'LeadMagnetDelivery')),
  language text NOT NULL DEFAULT 'en',
  -- Absent while the template is a draft.
  subject text,
  html text,
  sender_profile_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id),
  FOREIGN KEY (organization_id, sender_profile_id) REFERENCES sender_profiles
);
CREATE INDEX templates_changed ON templates (organization_id, updated_at DESC, id);

CREATE TABLE brand_kits (
  organization_id uuid NOT NULL REFERENCES organizations,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  logo_url text,
  colors jsonb NOT NULL,
  fonts jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX brand_kits_default ON brand_kits (organization_id) WHERE is_default;
