"""Outages that authorities announced, and the deadlines that they move; see the .sql."""

from gateway.migrations import scripts

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
