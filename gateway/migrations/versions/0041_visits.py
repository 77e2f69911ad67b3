"""Visits of invited auditors: sessions of browsers that end with the invitation; see the .sql."""

from gateway.migrations import scripts

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
