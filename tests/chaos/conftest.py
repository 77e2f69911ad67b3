from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.processes import Zygote


@pytest.fixture(scope="session")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    """Where processes come from that are killed."""
    log: Path = tmp_path_factory.mktemp("zygote") / "processes.log"
    with Zygote(log) as made:
        yield made
