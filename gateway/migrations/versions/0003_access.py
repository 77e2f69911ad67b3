"""Who may do what: users, memberships, invitations, links, sessions, activity; see the .sql."""

from gateway.migrations import scripts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
