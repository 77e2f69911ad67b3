"""Places of business that a tax authority is told of; see the .sql."""

from gateway.migrations import scripts

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
