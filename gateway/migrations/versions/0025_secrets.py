"""Secrets of an entity that are no keys, such as KSeF tokens; see the .sql."""

from gateway.migrations import scripts

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
