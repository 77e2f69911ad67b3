"""What issued and received documents are found by, years later; see the .sql."""

from gateway.migrations import scripts

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
