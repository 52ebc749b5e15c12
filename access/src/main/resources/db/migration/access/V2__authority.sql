-- The certificate authority that the hosts of this installation trust: every engine must have it.
CREATE TABLE known_authority (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  fingerprint text NOT NULL
);
