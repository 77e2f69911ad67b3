"""What the later schemas stand on: tenant policies by name, columns to list by; see the .sql."""

from gateway.migrations import scripts

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
