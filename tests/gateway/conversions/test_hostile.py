"""Nothing that is sent makes a conversion fail: each answer is the document or a problem."""

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from formats.cii.document import write as write_cii
from formats.registry import PROFILES
from formats.spreadsheet import template_csv
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.formats.samples import any_invoices, invoice
from tests.formats.ubl.examples import full_invoice
from tests.gateway.hostile import NASTY_NUMBERS, NASTY_TEXTS
from tests.gateway.houses import Shop, opened
from tests.gateway.matrix.bodies import BODIES

pytestmark = pytest.mark.timeout(1200)  # with --full

KINDS = {
    "application/xml": (
        PROFILES["peppol-bis-3"].write(full_invoice()),
        write_cii(full_invoice()),
    ),
    "application/json": (
        json.dumps(BODIES["DocumentWithSeller"]).encode(),
        invoice().model_dump_json().encode(),
    ),
    "text/csv": (template_csv(),),
}
PATHS = ("/v1/convert?to=facturx-basic&xml=true", "/v1/convert?to=xrechnung-ubl", "/v1/inspect")


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("hostile")) as house:
        yield Shop.opened(house)


@pytest.fixture(scope="module")
def share(request: pytest.FixtureRequest) -> int:
    """How many times more than by default."""
    return 20 if request.config.getoption("--full") else 1


def _chosen(count: int) -> settings:
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return a good document with a few places made bad, and its content type."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    content = draw(st.sampled_from(KINDS[kind]))
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(("byte", "cut", "twice", "value", "value", "value")))
        at = draw(st.integers(0, max(0, len(content) - 1)))
        if way == "byte":
            content = content[:at] + bytes([draw(st.integers(0, 255))]) + content[at + 1 :]
        elif way == "cut":
            content = content[:at] + content[at + draw(st.integers(1, 80)) :]
        elif way == "twice":
            content = content[:at] + content[at : at + 200] + content[at:]
        else:
            texts = [*re.finditer(rb"(?<=[>\",:])[^<>\",:{}\n]+(?=[<\",}])", content)]
            if texts:
                found = draw(st.sampled_from(texts))
                new = draw(st.sampled_from((*NASTY_TEXTS, *NASTY_NUMBERS)))
                content = (
                    content[: found.start()]
                    + new.encode("utf-8", "surrogatepass")
                    + content[found.end() :]
                )
    return kind, content


def test_no_document_makes_it_fail(shop: Shop, share: int) -> None:
    seen = Counter[int]()

    def send(document: tuple[str, bytes], path: str) -> None:
        kind, content = document
        answer = shop.call("POST", path, content, Content_Type=kind)
        seen[answer.status_code] += 1
        assert answer.status_code in {200, 422}, (path, answer.text)
        if answer.status_code != 200:
            problem = answer.json()
            assert problem["type"] == "/problems/document-unreadable", problem
            assert problem["code"]
            assert problem["errors"]

    _chosen(150 * share)(given(spoilt(), st.sampled_from(PATHS))(send))()
    assert min(seen[200], seen[422]) > 0.1 * seen.total(), f"it only tested the door: {seen}"


def test_any_invoice_can_be_sent_through(shop: Shop, share: int) -> None:
    def send(source: object, path: str) -> None:
        content = source.model_dump_json().encode()  # type: ignore[attr-defined] # an Invoice
        answer = shop.call("POST", path, content, Content_Type="application/json")
        assert answer.status_code in {200, 422}, answer.text

    _chosen(25 * share)(given(any_invoices, st.sampled_from(PATHS))(send))()
