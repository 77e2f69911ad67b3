"""Entities that move to another installation, or from one; see the .sql."""

from gateway.migrations import scripts

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
