"""Branding, e-mail, reminders, share links; see the .sql."""

from gateway.migrations import scripts

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
