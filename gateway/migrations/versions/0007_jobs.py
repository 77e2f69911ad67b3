"""Background jobs and schedules; recurring documents; see the .sql."""

from gateway.migrations import scripts

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
