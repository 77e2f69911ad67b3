"""One module per revision; alembic finds them by being there."""
