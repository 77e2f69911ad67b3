"""The first row of a lane, and what it asks about, found by index; see the .sql."""

from gateway.migrations import scripts

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
