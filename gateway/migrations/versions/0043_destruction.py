"""Destruction of what no law keeps any more, approved by two; see the .sql."""

from gateway.migrations import scripts

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
