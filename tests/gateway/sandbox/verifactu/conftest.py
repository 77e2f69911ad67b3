from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.sandbox.verifactu.schema import Schemas
from tests.gateway.sandbox.verifactu.taxpayer import Aeat, opened


@pytest.fixture(scope="module")
def schemas(official: Path) -> Schemas:
    return Schemas([official])


@pytest.fixture
def aeat(tmp_path: Path, schemas: Schemas) -> Iterator[Aeat]:
    with opened(tmp_path, schemas) as found:
        yield found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, schemas: Schemas) -> Iterator[Aeat]:
    """One for all that are judged by what they say alone: each has an installation of its own."""
    with opened(tmp_path_factory.mktemp("aeat"), schemas) as found:
        yield found
