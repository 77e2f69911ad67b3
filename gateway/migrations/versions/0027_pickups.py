"""What authorities hold for an entity is fetched into its inbox; see the .sql."""

from gateway.migrations import scripts

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    scripts.run(__file__)
