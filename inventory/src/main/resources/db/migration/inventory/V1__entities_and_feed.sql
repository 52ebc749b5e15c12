-- Ids and names compare by their bytes, exactly.
create table entity (
  kind text collate "C" not null,
  id text collate "C" not null,
  -- position of the change that wrote it
  version bigint not null,
  owner_kind text collate "C",
  owner_id text collate "C",
  -- private attributes
  internals json,
  document json not null,
  primary key (kind, id),
  constraint entity_owner foreign key (owner_kind, owner_id) references entity
    deferrable initially deferred,
  check ((owner_kind is null) = (owner_id is null))
) with (fillfactor = 85);

create index entity_by_owner on entity (owner_kind, owner_id) where owner_kind is not null;

create table unique_name (
  kind text collate "C" not null,
  scope text collate "C" not null,
  name text collate "C" not null,
  id text collate "C" not null,
  primary key (kind, scope, name),
  constraint unique_name_entity foreign key (kind, id) references entity on delete cascade
    deferrable initially deferred
);

create index unique_name_by_entity on unique_name (kind, id);

-- References that must not dangle.
create table entity_reference (
  kind text collate "C" not null,
  id text collate "C" not null,
  member text collate "C" not null,
  target_kind text collate "C" not null,
  target_id text collate "C" not null,
  primary key (kind, id, member, target_kind, target_id),
  constraint entity_reference_source foreign key (kind, id) references entity on delete cascade
    deferrable initially deferred,
  constraint entity_reference_target foreign key (target_kind, target_id) references entity
    deferrable initially deferred
);

create index entity_reference_by_target on entity_reference (target_kind, target_id);

-- One row. Who writes holds its lock until the commit, so positions are the order of commits.
create table feed (
  single boolean primary key default true check (single),
  position bigint not null,
  -- another one means another database: a restored backup, say
  incarnation uuid not null
);

insert into feed (position, incarnation) values (0, gen_random_uuid());

create table feed_entry (
  position bigint primary key,
  -- the database transaction that wrote it, so that its outcome can be looked up
  batch uuid not null,
  at timestamptz not null default now()
);

create index feed_entry_by_time on feed_entry (at);

create table change (
  position bigint not null references feed_entry on delete cascade,
  ordinal int not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  owner_kind text collate "C",
  owner_id text collate "C",
  internals json,
  -- null for a deletion
  document json,
  primary key (position, ordinal)
);

create table counter (
  name text collate "C" primary key,
  value bigint not null
);
