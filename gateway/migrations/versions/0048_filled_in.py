"""What older migrations were to fill in of rows that were there; see the .sql."""

from gateway.migrations import scripts

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
