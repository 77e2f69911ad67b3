"""Stored answers go with what they are about; see the .sql."""

from gateway.migrations import scripts

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
