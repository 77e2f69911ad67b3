"""The first schema: tenants, documents, events, transmissions, archive; see the .sql."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the SQL as it stands."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    # Through the driver, without parameters: `%` stays itself, several statements are one script.
    cursor = op.get_bind().connection.cursor()
    try:
        cursor.execute(script)
        cursor.execute("grant select on alembic_version to gw_app")  # the start-up check reads it
    finally:
        cursor.close()
