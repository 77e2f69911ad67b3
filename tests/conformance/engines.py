"""Engines that are put beside Saxon: ours, and Saxon itself to try the comparison."""

import datetime
import os
from functools import cache
from pathlib import Path

from formats.validation.engine import RuleEngine
from formats.validation.rules import CompiledRules
from tests.kept_rules import store
from tests.oracle.saxon import SaxonOracle


def official_folder() -> Path:
    """Return the folder of the official files, as the tests find it."""
    default = Path(__file__).parents[3] / "shared" / "official"
    return Path(os.environ.get("GATEWAY_OFFICIAL", default))


@cache
def saxon_twice() -> RuleEngine:
    """Return Saxon in the place of our engine: the comparison must find nothing."""
    return SaxonOracle()


@cache
def compiled_rules() -> RuleEngine:
    """Return the one engine of this process that is ours, with Saxon's idea of the time."""
    return CompiledRules(store(), now=lambda: datetime.datetime.now().astimezone())
