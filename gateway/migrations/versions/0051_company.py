"""What went out together is shown to those who are shown all of it; see the .sql."""

from gateway.migrations import scripts

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
