"""Checks of VAT numbers, what waits to be asked, and who is asked how often; see the .sql."""

from gateway.migrations import scripts

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
