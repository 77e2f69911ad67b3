"""What keeps documents long enough: subjects, holds, the law that was applied; see the .sql."""

from gateway.migrations import scripts

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
