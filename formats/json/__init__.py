"""The canonical invoice as JSON, and the body of `POST /v1/invoices` that becomes one."""
