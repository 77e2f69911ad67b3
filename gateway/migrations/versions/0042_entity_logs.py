"""A log of each entity's own leaves, beside the one of all."""

from gateway.migrations import scripts

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
