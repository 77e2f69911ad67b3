"""Invited auditors: who they are, what they are shown, what they looked at; see the .sql."""

from gateway.migrations import scripts

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
