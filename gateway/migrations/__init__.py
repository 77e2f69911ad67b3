"""The database schema, in steps: by `gateway migrate`, on the embedded server by itself."""

import functools
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision, inside the caller's transaction.

    The connection must act as gw_owner, who then owns every table.
    """
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def head() -> str:
    """Return the newest revision this code knows."""
    revision = _script().get_current_head()
    if revision is None:
        raise RuntimeError("the migrations are not installed")
    return revision


def current(connection: Connection) -> str | None:
    """Return the revision the database is at; None when it holds no schema."""
    return MigrationContext.configure(connection).get_current_revision()


def is_behind(revision: str | None) -> bool:
    """Return whether a database at a revision lacks what this code needs.

    One that this code does not know is of a newer version, which leaves in place what we need.
    """
    known = {one.revision for one in _script().walk_revisions()}
    return revision is None or (revision in known and revision != head())


@functools.cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    place = str(Path(__file__).parent).replace("%", "%%")  # a ConfigParser reads it
    config.set_main_option("script_location", place)
    config.set_main_option("path_separator", "os")
    return config
