"""Who issues may know whether an authority answers; see the .sql."""

from gateway.migrations import scripts

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
