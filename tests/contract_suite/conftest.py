from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from tests.contract_suite.authority import local_authority
from tests.contract_suite.directories import WORDS, local_directory
from tests.contract_suite.furs import local_furs
from tests.contract_suite.hr_cis import local_cis
from tests.contract_suite.ksef import local_batches, local_party
from tests.contract_suite.network import local_network
from tests.contract_suite.party import Party
from tests.contract_suite.verifactu import local_verifactu

LOCAL: dict[str, Callable[[Path], AbstractContextManager[Party]]] = {
    "sandbox-network": local_network,
    "sandbox-authority": local_authority,
    "si-furs": local_furs,
    "hr-cis": local_cis,
    "pl-ksef": local_party,
    "pl-ksef-batches": local_batches,
    "es-verifactu": local_verifactu,
    **{name: partial(local_directory, name) for name in WORDS},
}
"""Every adapter with its local authority, or the program that stands for one. A new channel is a
line here."""


@pytest.fixture(scope="module", params=list(LOCAL))
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Party]:
    with LOCAL[request.param](tmp_path_factory.mktemp("party")) as party:
        yield party


@pytest.fixture
def party(shared: Party) -> Iterator[Party]:
    right = shared.adapter
    yield shared
    shared.adapter = right
    shared.fail()
