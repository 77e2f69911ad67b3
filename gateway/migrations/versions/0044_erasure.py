"""Erasure of personal data that respects the duty to keep; see the .sql."""

from gateway.migrations import scripts

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
