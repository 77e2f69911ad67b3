"""Watching and operating: readiness, hosts of lanes, traces; see the .sql."""

from gateway.migrations import scripts

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
