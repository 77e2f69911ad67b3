"""Hash chains and stamps; see the .sql."""

from gateway.migrations import scripts

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
