"""Entities in full: settings, readiness, numbering by country; see the .sql."""

from gateway.migrations import scripts

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
