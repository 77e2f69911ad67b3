"""An invited auditor sees the jobs they asked for; see the .sql."""

from gateway.migrations import scripts

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
