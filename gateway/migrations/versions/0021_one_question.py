"""Who must act is told by the queue, and whose a chain is over all tenants; see the .sql."""

from gateway.migrations import scripts

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
