"""The log is told of legal holds; see the .sql."""

from gateway.migrations import scripts

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
