-- The built-in directory.
CREATE TABLE directory_user (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  password_hash text,
  first_name text NOT NULL DEFAULT '',
  last_name text NOT NULL DEFAULT '',
  email text NOT NULL DEFAULT '',
  department text NOT NULL DEFAULT '',
  enabled boolean NOT NULL DEFAULT true
);

CREATE TABLE directory_group (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE
);

CREATE TABLE directory_member (
  group_id uuid NOT NULL REFERENCES directory_group ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES directory_user ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX directory_member_user ON directory_member (user_id);

-- Tokens and API sessions: only a digest of the secret that the client holds.
CREATE TABLE access_token (
  digest bytea PRIMARY KEY,
  session_id uuid NOT NULL,
  -- The token that a cookie session came from: they end together.
  parent bytea REFERENCES access_token ON DELETE CASCADE,
  directory_user uuid NOT NULL REFERENCES directory_user ON DELETE CASCADE,
  scope text NOT NULL,
  csrf boolean NOT NULL DEFAULT false,
  idle_seconds bigint NOT NULL,
  started timestamptz NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX access_token_user ON access_token (directory_user);
CREATE INDEX access_token_parent ON access_token (parent);
CREATE INDEX access_token_expires ON access_token (expires);
