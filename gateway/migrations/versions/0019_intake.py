"""Documents that are taken at once and made a moment later; see the .sql."""

from gateway.migrations import scripts

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
