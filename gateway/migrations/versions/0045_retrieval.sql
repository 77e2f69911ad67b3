-- An invited auditor sees the jobs that they asked for themselves, and no others: gateway.period says
-- fifth who they are. The bundle that such a job made is theirs until their access ends.
alter policy period on job
  using ((select coalesce(current_setting('gateway.period', true), '')) = ''
    or (actor_kind = 'auditor'
        and actor_id = (select split_part(current_setting('gateway.period', true), ',', 5))));
