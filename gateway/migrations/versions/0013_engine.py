"""The engine's second half: correlations, attempts, limits, pauses; see the .sql."""

from gateway.migrations import scripts

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
