"""Keys and certificates, sealed; see the .sql."""

from gateway.migrations import scripts

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
