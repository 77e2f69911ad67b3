"""Numbers that begin again every year and do not name it; see the .sql."""

from gateway.migrations import scripts

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
