"""Every adapter against its authority, over real sockets."""

from pathlib import Path

import pytest

import tests.contract_suite.books
import tests.contract_suite.directories
import tests.contract_suite.signals  # noqa: F401 - its cases are part of the suite
from tests.contract_suite.cases import CASES
from tests.contract_suite.environment import ELSEWHERE, NotConfiguredError
from tests.contract_suite.party import Case, Party


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_adapter_keeps_the_contract(party: Party, case: Case) -> None:
    missing = case.needs - party.can
    if missing:
        pytest.skip(f"{party.name} has no {', '.join(sorted(missing))}")
    if case.name in party.without:
        pytest.skip(f"the protocol of {party.name} cannot keep it")
    case.check(party)


@pytest.mark.parametrize("channel", list(ELSEWHERE))
def test_a_real_test_system_keeps_the_contract(channel: str, tmp_path: Path) -> None:
    try:
        with ELSEWHERE[channel](tmp_path) as party:
            for case in CASES:
                if case.needs <= party.can:
                    case.check(party)
    except NotConfiguredError as error:
        pytest.skip(f"no test system of {channel}: {error}")


def test_there_are_cases_and_each_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 50
