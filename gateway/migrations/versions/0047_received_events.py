"""Auditors of a period see what happened to received documents; see the .sql."""

from gateway.migrations import scripts

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
