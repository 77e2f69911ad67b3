"""`gateway setup` leads a Slovenian seller from nothing to a registered premise and a series."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from gateway.cli import listing
from gateway.cli import setup as cli
from gateway.demo.companies import SELLERS
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.beside import give_key
from tests.gateway.furs import Market, furs_market
from tests.gateway.houses import Shop

pytestmark = pytest.mark.timeout(300)

VAT = "SI59082437"
CONTENT = '{"scheme": "si-furs", "premise_type": "A", "software_supplier": {"foreign_name": "G"}}'


@pytest.fixture(scope="module")
def market(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Market]:
    with furs_market(postgres, tmp_path_factory.mktemp("market")) as found:
        yield found


@contextmanager
def terminal(shop: Shop, *, named: bool = True) -> Iterator[httpx2.Client]:
    """Speak as the commands do: with a key, and the entity where it is named."""
    http = shop.house.client
    headers = {"Authorization": f"Bearer {shop.key}"} | (
        {"Entity-Id": shop.entity} if named else {}
    )
    http.headers.update(headers)
    try:
        yield http
    finally:
        for name in headers:
            del http.headers[name]


def missing(http: httpx2.Client, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Return the exit code of the checklist, and what is in the way."""
    capsys.readouterr()
    code = cli.steps(http, "live", everything=False, as_json=True)
    said = capsys.readouterr().out  # the gateway in this process logs here, too
    found: list[str] = json.loads(said[said.index("\n{\n") :])["missing"]
    return code, found


def last_word(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the last line that was printed."""
    return capsys.readouterr().out.splitlines()[-1]


def test_from_nothing_to_a_premise_that_furs_knows(
    market: Market, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shop = Shop.opened(market.house, seller={**SELLERS["SI"]["seller"], "vat_identifier": VAT})
    with terminal(shop) as http:
        assert cli.choose(http, "si-furs", ["numbering"]) == 2
        assert cli.choose(http, "si-furs", ["numbering=D"]) == 2
        assert "/settings/fiscalization" in capsys.readouterr().err
        details = ["numbering=B", f"operator_tax_number={VAT[2:]}"]
        assert cli.choose(http, "si-furs", details) == 0
        code, before = missing(http, capsys)
        assert code == 1
        assert any("fiscal-signature" in one for one in before), before
        given = httpx2.post(
            f"{market.url}/test-taxpayers/{VAT[2:]}?password=x", content=b"", trust_env=False
        )
        give_key(shop, "FURS", "fiscal-signature", given.content, "x")
        _, after = missing(http, capsys)
        assert not any("fiscal-signature" in one for one in after), after
        body = {"code": "TRG1", "valid_from": "2026-01-01", "content": cli.content_of(CONTENT)}
        assert listing.made(http, "/v1/premises", body) == 0
        premise = last_word(capsys)
        assert cli.told(http, f"/v1/premises/{premise}/register") == 0
        assert last_word(capsys) == "registered"
        pattern = {"pattern": "{premise}-{device}-{seq}", "premise": "TRG1", "device": "B1"}
        assert listing.made(http, "/v1/series", {"code": "TILL", **pattern}) == 0
        assert cli.act(http, "2026-12-01", tmp_path / "act.pdf") == 0
        assert (tmp_path / "act.pdf").read_bytes().startswith(b"%PDF-")
        assert cli.act(http, None, tmp_path) == 2  # a directory
        assert cli.told(http, f"/v1/premises/{premise}/close") == 0
        assert cli.told(http, f"/v1/premises/{premise}/register") == 2
        assert cli.choose(http, "none", []) == 0
    assert shop.get(f"/v1/entities/{shop.entity}")["settings"].get("fiscalization") is None


def test_the_only_entity_of_a_key_need_not_be_named(
    market: Market, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = Shop.opened(market.house)
    with terminal(shop, named=False) as http:
        assert cli.steps(http, "sandbox", everything=True, as_json=False) in {0, 1}
        assert "for sandbox" in capsys.readouterr().err
        assert (
            shop.account.call("POST", "/v1/entities", SELLERS["SI"], key=shop.key).status_code
            == 201
        )
        assert cli.steps(http, "sandbox", everything=True, as_json=False) == 2
        assert "--entity" in capsys.readouterr().err
