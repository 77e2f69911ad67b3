"""What an entity sells, and to whom: customers, items, taxes, templates; see the .sql."""

from gateway.migrations import scripts

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
