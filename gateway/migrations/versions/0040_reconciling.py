"""Going on after an old backup: which heads were given up, and which numbers are left out."""

from gateway.migrations import scripts

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
