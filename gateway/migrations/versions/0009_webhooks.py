"""Webhook endpoints and what was delivered to them; see the .sql."""

from gateway.migrations import scripts

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
