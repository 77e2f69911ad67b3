"""What a reconciliation reckoned with beyond the heads; see the .sql."""

from gateway.migrations import scripts

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
