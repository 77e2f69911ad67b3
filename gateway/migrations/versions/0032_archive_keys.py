"""Evidence can be encrypted with a key of each entity, and is read again; see the .sql."""

from gateway.migrations import scripts

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
