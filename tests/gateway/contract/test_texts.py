"""S11, what comes in: a hostile text comes back as it is, or is refused with its place."""

import random
from collections.abc import Callable, Iterator

import pytest
from httpx2 import Response

from gateway.signing.schemas import SubjectInput
from tests.gateway.contract.texts import Path, all_texts, places, put
from tests.gateway.houses import Shop
from tests.gateway.matrix.exceptions import ACCOUNT_ONLY, FUNCTIONS, PUBLIC
from tests.gateway.matrix.operations import Operation, described, operations
from tests.gateway.matrix.stock import Stock
from tests.hostile_strings import STRINGS

SEED, SHARE = 11, 100
NOT_SHOWN: dict[tuple[str, Path], str] = {
    ("BulkDocumentsInput", ("documents", 0, "reference")): "shown by GET /v1/bulk/{job_id}/items",
    ("BulkIdsInput", ("ids", 0)): "the same",
    ("DocumentInput", ("process_control", "specification_identifier")): "says the profile",
    ("DocumentInput", ("series",)): "a draft may name a series that is made later",
    (
        "DocumentInput",
        ("vat_exemptions", 0, "category_code"),
    ): "a draft may give the reason of a category that no line has yet",
    ("RemindInput", ("message",)): "is in the e-mail: test_emails",
    ("SendInput", ("message",)): "the same",
    **{
        (
            "CertificateRequestInput",
            ("subject", name),
        ): "is within the request for a certificate, in DER"
        for name in SubjectInput.model_fields
    },
    **{
        ("CertificateRequestInput", (name, 0)): "the same"
        for name in ("dns_names", "emails", "uris", "addresses")
    },
}
"""What an answer does not repeat, and why."""

Case = tuple[Operation, Path, str]


def every_place() -> Iterator[tuple[Operation, Path]]:
    """Yield each text of each body; of ten collections alike, of one."""
    schemas, seen = described()["components"]["schemas"], set[str]()
    for operation in operations():
        if operation.key in PUBLIC or operation.key in FUNCTIONS or operation.body is None:
            continue  # functions say what they make of a text: tests/gateway/conversions
        if operation.path == "/v1/inbox":
            continue  # what was received is kept byte for byte: tests/gateway/inbox
        if operation.body == "DocumentInput" and operation.path != "/v1/invoices":
            continue
        if f"{operation.method} {operation.body}" in seen:
            continue
        seen.add(f"{operation.method} {operation.body}")
        yield from ((operation, path) for path in places(operation.body, schemas))


def sent(shop: Shop, stock: Stock, case: Case) -> Response:
    operation, path, text = case
    ids = {
        place: value
        for place in operation.places
        if place.where == "path" and (value := stock.of(operation, place))
    }
    address, more = operation.request(ids)
    put(more["json"], path, text)
    named = {} if operation.key in ACCOUNT_ONLY else {"Entity_Id": shop.entity}
    return shop.account.call(operation.method, address, more["json"], key=shop.key, **named)


def wrong(case: Case, answer: Response) -> str | None:
    """Return what is wrong with an answer: the text was changed, or refused without its place."""
    operation, path, text = case
    said = f"{operation} {path} {text!r}: {answer.status_code} {answer.text[:300]}"
    if answer.status_code in {404, 409}:
        return None  # an id that leads nowhere; a state in which nothing can be changed
    if answer.status_code >= 400:
        parts = answer.json().get("errors") or answer.json().get("findings") or []
        here = "/" + "/".join(map(str, path))
        around = {part.get("pointer", "").rpartition("/")[0] for part in parts}
        named = any(here.startswith(pointer) for pointer in around)  # or what must stand beside it
        return None if named and answer.status_code in {400, 422} else said
    if (operation.body or "", path) in NOT_SHOWN or answer.status_code == 204:
        return None
    return None if text in set(all_texts(answer.json())) else said


def test_every_text_comes_back_or_is_refused_with_its_place(
    shop: Shop, stock: Stock, request: pytest.FixtureRequest, figures: Callable[..., None]
) -> None:
    chance, found = random.Random(SEED), list(every_place())  # noqa: S311 - to be repeated
    cases = [(operation, path, text) for operation, path in found for text in STRINGS]
    if not request.config.getoption("--full"):
        cases = chance.sample(cases, SHARE)
    answers = [(case, sent(shop, stock, case)) for case in cases]
    taken = sum(1 for _, answer in answers if answer.status_code < 400)
    figures(seed=SEED, places=len(found), cases=len(cases), taken=taken)
    assert not [said for case, answer in answers if (said := wrong(case, answer))]
    assert len(found) > 500
    assert 0.1 < taken / len(cases) < 0.9
