-- Engine processes that share this database. A node that stops renewing loses its jobs and its hosts.
CREATE TABLE engine_node (
  id text PRIMARY KEY,
  epoch bigint NOT NULL,
  alive_until timestamptz NOT NULL
);
