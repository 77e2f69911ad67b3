-- Numbers are left out for all leaves that may be lost, not only for those that a head tells of: an
-- entity that is taken in again later must leave out as many.

alter table log_reconciliation
  add column before bigint not null default 0 check (before >= 0),
  add column more bigint not null default 0 check (more >= 0);
comment on column log_reconciliation.before is 'leaves that were lost earlier, and given up';
comment on column log_reconciliation.more is 'leaves that the operator reckoned with besides';
