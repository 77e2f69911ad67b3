"""procrastinate's tables are made from the package's own script, once."""

import hashlib
from importlib import resources

INSTALLED = "c70ec4b400a60ad9592787653aae5ae77ae41bf801d56b5bd2712751a07f2009"


def test_the_queue_was_made_from_the_schema_that_is_installed_now() -> None:
    """When this fails, procrastinate was updated: add a migration with its own migrations."""
    script = resources.files("procrastinate").joinpath("sql/schema.sql").read_bytes()
    assert hashlib.sha256(script).hexdigest() == INSTALLED
