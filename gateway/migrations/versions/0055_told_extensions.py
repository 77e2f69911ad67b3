"""The log is told of what is kept longer; see the .sql."""

from gateway.migrations import scripts

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
