from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from formats.validation.schematron.model import RuleSet
from formats.validation.schematron.source import read
from tests.formats.validation.schematron.official_schemas import files_of

Read = Callable[[str], RuleSet]


@pytest.fixture(scope="session")
def schema(official: Path) -> Iterator[Read]:
    """Read an official schema by its path, each once."""

    @cache
    def found(entry: str) -> RuleSet:
        return read(files_of(official, entry), entry)

    yield found
    found.cache_clear()
