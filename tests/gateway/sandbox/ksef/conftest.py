from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from gateway.sandbox.ksef.desk import KsefDesk
from tests.formats.signatures.pki import SoftwareSigner
from tests.gateway.sandbox.ksef.api import Caller, Contract, certified, local_ksef, open_api


@pytest.fixture(scope="module")
def contract(official: Path) -> Contract:
    return Contract(open_api(official))


@pytest.fixture(scope="module")
def running_ksef(
    official: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, KsefDesk, httpx2.Client]]:
    with local_ksef(tmp_path_factory.mktemp("ksef"), official) as found:
        yield found


@pytest.fixture(scope="module")
def signer(running_ksef: tuple[str, KsefDesk, httpx2.Client]) -> SoftwareSigner:
    url, _, client = running_ksef
    return certified(url, client)


@pytest.fixture
def new_caller(
    running_ksef: tuple[str, KsefDesk, httpx2.Client], contract: Contract
) -> Iterator[Callable[[], Caller]]:
    url, _, client = running_ksef
    yield lambda: Caller(url, contract, client)
    tell = Caller(url, contract, client).tell
    tell("script", {"delay_seconds": 0, "rate_limits": "off", "verdicts": []})
    tell("clock", {})
    tell("faults", {"rules": []})


@pytest.fixture
def caller(new_caller: Callable[[], Caller], signer: SoftwareSigner) -> Caller:
    made = new_caller()
    made.tell("script", {"rate_limits": "off"})
    return made.log_in(signer)
