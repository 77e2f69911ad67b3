"""Several records of a document in a chain: it is mended, and cancelled; see the .sql."""

from gateway.migrations import scripts

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
