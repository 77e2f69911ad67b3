-- Who issues must know whether the authority answers: while it does, what is needed offline alone may be
-- wanting. Which endpoint is away is nobody's data.
grant select (key, down_since) on breaker to gw_app;
