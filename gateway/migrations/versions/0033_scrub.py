"""The archive is read again from time to time, and how far that is is kept; see the .sql."""

from gateway.migrations import scripts

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
