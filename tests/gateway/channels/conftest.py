from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.kit.database import Database
from tests.gateway.transmissions.stage import Stage, staged


@pytest.fixture
def stage(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Stage]:
    """Queue, archive, receiver and the door for its signals."""
    with staged(database, admin_url, tmp_path) as made:
        yield made
