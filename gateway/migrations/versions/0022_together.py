"""How many messages may go together after they were turned away together; see the .sql."""

from gateway.migrations import scripts

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
