"""Documents in, verdicts out: `POST /v1/validate` and `gateway validate`. Nothing is stored."""
