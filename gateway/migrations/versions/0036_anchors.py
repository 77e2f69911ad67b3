"""The log's heads elsewhere: anchors, cosignatures, and what this installation witnesses."""

from gateway.migrations import scripts

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
