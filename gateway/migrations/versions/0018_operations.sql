-- Watching and operating: readiness, hosts of lanes, traces.

grant select on alembic_version to gw_auth;   -- readiness asks for the revision over its pool

alter table lane add column host text;
comment on column lane.host is 'where the owner runs, for people; who owns it says the epoch';

alter table outbox add column traceparent text;
comment on column outbox.traceparent is 'W3C trace context of the request that queued it';

