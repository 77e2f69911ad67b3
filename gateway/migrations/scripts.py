"""Running a migration that is written in SQL."""

from pathlib import Path

from alembic import op


def run(migration: str) -> None:
    """Run the `.sql` file beside a migration as it stands, and let the start-up check look.

    Args:
        migration: The migration's `__file__`.
    """
    script = Path(migration).with_suffix(".sql").read_text(encoding="utf-8")
    # Through the driver, without parameters: `%` stays itself, several statements are one script.
    cursor = op.get_bind().connection.cursor()
    try:
        cursor.execute(script)
        cursor.execute("grant select on alembic_version to gw_app")  # the start-up check reads it
    finally:
        cursor.close()
