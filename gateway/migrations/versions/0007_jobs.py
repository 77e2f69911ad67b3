"""Background jobs and schedules; recurring documents; bulk work; see the .sql.

Jobs are moved by procrastinate: its schema comes with the package, and a test fails when an update
of the package brings another one, which then needs a migration of its own.
"""

from importlib import resources

from alembic import op

from gateway.migrations import scripts

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make procrastinate's tables, then run the SQL as it stands."""
    schema = resources.files("procrastinate").joinpath("sql/schema.sql")
    cursor = op.get_bind().connection.cursor()
    try:
        cursor.execute(schema.read_text(encoding="utf-8"))
    finally:
        cursor.close()
    scripts.run(__file__)
