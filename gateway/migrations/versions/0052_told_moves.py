"""The log is told of moves; see the .sql."""

from gateway.migrations import scripts

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
