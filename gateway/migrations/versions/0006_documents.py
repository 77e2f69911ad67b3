"""Every kind of document: relations, attachments, payments; see the .sql."""

from gateway.migrations import scripts

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
