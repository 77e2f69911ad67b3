"""The first schema: tenants, documents, events, transmissions, archive; see the .sql."""

from gateway.migrations import scripts

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
