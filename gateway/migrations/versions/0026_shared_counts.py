"""Series that count with another one: devices of one premise; see the .sql."""

from gateway.migrations import scripts

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
