"""What entities need for the local authority; see the .sql."""

from gateway.migrations import scripts

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
