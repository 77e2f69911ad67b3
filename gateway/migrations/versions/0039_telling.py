"""How far a store that locks was told how long evidence is kept."""

from gateway.migrations import scripts

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
