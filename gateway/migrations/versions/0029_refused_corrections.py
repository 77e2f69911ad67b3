"""Corrections that were refused are voided, and what they corrected is in force; see the .sql."""

from gateway.migrations import scripts

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
