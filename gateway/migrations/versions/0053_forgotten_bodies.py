"""What could not be made of a body forgets an erased customer, too; see the .sql."""

from gateway.migrations import scripts

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
