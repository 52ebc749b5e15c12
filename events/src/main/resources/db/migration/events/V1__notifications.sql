-- The outbox: a row for each event and each place where somebody is to hear of it.
create table notification_delivery (
  event_id bigint not null,
  transport text collate "C" not null,
  recipient text collate "C" not null,
  -- where it goes, for a recipient that has several places
  target text collate "C" not null,
  -- failed: tried, and to be tried again
  state text collate "C" not null default 'pending'
    check (state in ('pending', 'sent', 'failed', 'dead')),
  attempts int not null default 0,
  created timestamptz not null default now(),
  next_try timestamptz not null default now(),
  -- when it got its state
  settled timestamptz,
  last_error text not null default '',
  primary key (transport, recipient, target, event_id)
);

create index notification_delivery_open
  on notification_delivery (transport, recipient, target, event_id)
  where state in ('pending', 'failed');

create index notification_delivery_settled
  on notification_delivery (settled) where state in ('sent', 'dead');

-- The engine node that delivers: one row.
create table notification_courier (
  single boolean primary key default true check (single),
  node text not null,
  epoch bigint not null
);

-- Engine nodes and whether they have said that they stop.
create table engine_run (
  node text primary key,
  epoch bigint not null,
  running boolean not null
);

-- As oVirt's reports ask for it.
create view event_notification_hist as
  select d.event_id as audit_log_id,
    e.internals ->> 'type' as event_name,
    d.transport as method_type,
    d.settled as sent_at,
    d.state = 'sent' as status,
    d.last_error as reason
  from notification_delivery d
  left join entity e on e.kind = 'event' and e.id = d.event_id::text
  where d.state in ('sent', 'dead');
