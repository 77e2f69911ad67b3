import base64
import datetime
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from formats.ksef_api import answers, codes, permissions
from formats.ksef_api.answers import AnswerError, InvoiceStatus, read
from formats.ksef_api.bodies import NoHeadingError, Search, heading, search
from formats.ksef_api.encryption import PublicKey, SessionKey, digest
from formats.ksef_api.incoming import METADATA, Next, following, received, resumed_at
from formats.ksef_api.metadata import ExportStatus, MetadataPage
from formats.ksef_api.package import PackageError
from formats.ksef_api.troubles import trouble
from tests.formats.signatures.pki import END, NOW, root, rsa_key

KEY = root("Ministry", key=rsa_key("ministry"))
SINCE = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="session")
def api(official: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (official / "pl-ksef/docs/open-api.json").read_text(encoding="utf-8")
    )
    return found


_READ: dict[str, type[Any]] = {
    "AuthenticationChallengeResponse": answers.Challenge,
    "AuthenticationInitResponse": answers.LoginBegun,
    "AuthenticationOperationStatusResponse": answers.LoginStatus,
    "AuthenticationTokensResponse": answers.Tokens,
    "AuthenticationTokenRefreshResponse": answers.Refreshed,
    "OpenOnlineSessionResponse": answers.OnlineOpened,
    "SendInvoiceResponse": answers.InvoiceTaken,
    "OpenBatchSessionResponse": answers.BatchOpened,
    "SessionStatusResponse": answers.SessionStatus,
    "SessionInvoiceStatusResponse": answers.InvoiceStatus,
    "SessionInvoicesResponse": answers.InvoicePage,
    "SessionsQueryResponse": answers.SessionPage,
    "QueryInvoicesMetadataResponse": MetadataPage,
    "InvoiceExportStatusResponse": ExportStatus,
    "QueryPersonalPermissionsResponse": permissions.OwnPermissions,
    "PersonalPermission": permissions.OwnPermission,
    "QueryPersonPermissionsResponse": permissions.PersonPermissions,
    "PersonPermission": permissions.PersonPermission,
    "QueryEntityAuthorizationPermissionsResponse": permissions.Authorizations,
    "EntityAuthorizationGrant": permissions.Authorization,
    "PermissionsOperationResponse": permissions.Begun,
    "PermissionsOperationStatusResponse": permissions.OperationStatus,
    "GenerateTokenResponse": permissions.TokenMade,
    "TokenStatusResponse": permissions.TokenState,
    "QueryTokensResponseItem": permissions.TokenState,
    "QueryTokensResponse": permissions.TokenPage,
}


@pytest.mark.official
@pytest.mark.parametrize("name", sorted(_READ))
def test_what_is_read_is_required_by_the_api_or_may_be_missing(
    api: dict[str, Any], name: str
) -> None:
    said, kind = api["components"]["schemas"][name], _READ[name]
    for field in kind.model_fields.values():
        assert field.alias in said["properties"], field.alias
        assert not field.is_required() or field.alias in said["required"], field.alias


def _why_not(example: object, kind: type[Any]) -> str:
    try:
        read(json.dumps(example).encode(), kind)
    except AnswerError as error:
        return str(error)
    return ""


@pytest.mark.official
def test_every_example_of_the_api_is_read(api: dict[str, Any]) -> None:
    count = 0
    for item in api["paths"].values():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                held = answer.get("content", {}).get("application/json", {})
                name = held.get("schema", {}).get("$ref", "").rpartition("/")[2]
                example = held.get("example")
                if name in _READ and status[0] == "2" and example is not None:
                    wrong = _why_not(example, _READ[name])
                    # the published example of an invoice's status lacks what is required
                    assert not wrong or "Field required" in wrong, (name, wrong)
                    count += 1
    assert count >= 10


@pytest.mark.official
def test_every_code_of_the_api_has_a_meaning(api: dict[str, Any]) -> None:
    def listed(text: str) -> set[int]:
        rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]
        return {int(one) for one in rows if one.isdigit()}

    def status_of(name: str) -> str:
        return str(api["components"]["schemas"][name]["properties"]["status"]["description"])

    batch, online = status_of("SessionStatusResponse").split("Sesja interaktywna:")
    for table, text in (
        (codes.INVOICE, status_of("SessionInvoiceStatusResponse")),
        (codes.BATCH_SESSION, batch),
        (codes.ONLINE_SESSION, online),
        (codes.LOGIN, status_of("AuthenticationListItem")),
        (codes.EXPORT, status_of("InvoiceExportStatusResponse")),
    ):
        assert listed(text)
        assert listed(text) <= table.keys()
    sending = api["paths"]["/sessions/online/{referenceNumber}/invoices"]["post"]
    assert listed(sending["responses"]["400"]["description"]) <= codes.EXCEPTION.keys()
    assert codes.meaning(codes.INVOICE, 999).outcome is codes.Outcome.OPEN


def test_refusals_have_one_of_the_forms_of_ksef() -> None:
    inner = {"exceptionCode": 21180, "exceptionDescription": "Status", "details": ["Status 200"]}
    wrapped = json.dumps({"exception": {"exceptionDetailList": [inner]}}).encode()
    found = trouble(400, wrapped)
    assert found is not None
    assert (found.codes, found.detail) == ((21180,), "21180 Status; Status 200")
    problem = {"errors": [{"code": 21405, "description": "x"}], "status": 400}
    found = trouble(400, json.dumps(problem).encode())
    assert found is not None
    assert found.codes == (21405,)
    many = json.dumps({"status": {"code": 429, "details": ["Przekroczono"]}}).encode()
    assert trouble(429, many) is not None
    denied = {"status": 403, "detail": "Brak", "reasonCode": "missing-permissions"}
    found = trouble(403, json.dumps(denied).encode())
    assert found is not None
    assert found.reason == "missing-permissions"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500])
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b"null", b"{}", b'{"error": "x"}', b'{"status": 200}']
)
def test_refusals_of_others_are_none(status: int, body: bytes) -> None:
    assert trouble(status, body) is None


def _key(usage: str, until: datetime.datetime = END, key_id: str = "") -> dict[str, Any]:
    public = PublicKey.of(KEY.der)
    return {
        "certificate": base64.b64encode(KEY.der).decode(),
        "certificateId": digest(KEY.der),
        "publicKeyId": key_id or public.id,
        "validFrom": "2026-01-01T00:00:00+00:00",
        "validTo": until.isoformat(),
        "usage": [usage],
    }


def test_a_public_key_is_in_force_for_its_use_and_is_what_it_says() -> None:
    body = json.dumps([_key(answers.FOR_TOKENS), _key(answers.FOR_SESSIONS)]).encode()
    found = answers.public_key(body, answers.FOR_SESSIONS, NOW)
    assert found.id == PublicKey.of(KEY.der).id
    for wrong in (
        [],
        [_key(answers.FOR_TOKENS)],
        [_key(answers.FOR_SESSIONS, until=NOW)],
        [_key(answers.FOR_SESSIONS, key_id=digest(b"other"))],
        {"certificate": 1},
    ):
        with pytest.raises(AnswerError):
            answers.public_key(json.dumps(wrong).encode(), answers.FOR_SESSIONS, NOW)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"referenceNumber": 1}', b"{"])
def test_what_is_no_answer_is_not_read(body: bytes) -> None:
    with pytest.raises(AnswerError):
        read(body, InvoiceStatus)


def metadata(number: str, content: bytes, at: str = "2026-05-02T10:00:00+00:00") -> dict[str, Any]:
    return {
        "ksefNumber": number,
        "invoiceNumber": "1",
        "issueDate": "2026-05-02",
        **dict.fromkeys(("invoicingDate", "acquisitionDate", "permanentStorageDate"), at),
        "seller": {"nip": "5265877635", "name": "S"},
        "buyer": {"identifier": {"type": "Nip", "value": "1111111111"}, "name": "B"},
        "netAmount": 100.10,
        "grossAmount": 123.12,
        "vatAmount": 23.02,
        "currency": "PLN",
        "invoicingMode": "Online",
        "invoiceType": "Vat",
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "isSelfInvoicing": False,
        "hasAttachment": False,
        "invoiceHash": digest(content),
    }


def _page(**members: Any) -> MetadataPage:  # noqa: ANN401 - of a page
    usual = {"hasMore": True, "isTruncated": False, "invoices": [metadata("n", b"x")]}
    return read(json.dumps({**usual, **members}).encode(), MetadataPage)


def test_amounts_keep_their_digits() -> None:
    assert _page().invoices[0].gross_amount == Decimal("123.12")


def test_what_is_asked_next_follows_from_the_page() -> None:
    asked = Next(Search(since=SINCE))
    assert following(asked, _page()) == Next(asked.search, 1)
    later = following(asked, _page(isTruncated=True))
    assert later is not None
    assert later.page == 0
    assert later.search.since == datetime.datetime(2026, 5, 2, 10, tzinfo=datetime.UTC)
    assert following(asked, _page(hasMore=False)) is None
    assert following(asked, _page(isTruncated=True, invoices=[])) is None
    mark = "2026-05-03T00:00:00+00:00"
    assert resumed_at(asked.search, _page(permanentStorageHwmDate=mark)).isoformat() == mark
    assert resumed_at(asked.search, _page()) == SINCE
    assert json.loads(search(asked.search))["dateRange"]["dateType"] == "PermanentStorage"


def test_an_export_is_read_and_compared() -> None:
    secret = SessionKey(bytes(32), bytes(16))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("n1.xml", b"<Faktura/>")
        archive.writestr("n2.xml", b"<Changed/>")
        listed = [metadata("n1", b"<Faktura/>"), metadata("n2", b"<Faktura/>")]
        archive.writestr(METADATA, json.dumps({"invoices": listed}))
    plain = made.getvalue()
    halves = plain[:100], plain[100:]
    sealed = {number: secret.encrypt(half) for number, half in enumerate(halves, 1)}
    parts = [
        {
            "ordinalNumber": number,
            "partName": f"{number}.zip.aes",
            "method": "GET",
            "url": "https://127.0.0.1/x",
            "partSize": len(half),
            "partHash": digest(half),
            "encryptedPartSize": len(sealed[number]),
            "encryptedPartHash": digest(sealed[number]),
            "expirationDate": "2026-05-09T00:00:00+00:00",
        }
        for number, half in enumerate(halves, 1)
    ]
    held = {"invoiceCount": 2, "size": len(plain), "parts": parts[::-1], "isTruncated": False}
    said = {"status": {"code": 200, "description": "ok"}, "package": held}
    package = read(json.dumps(said).encode(), ExportStatus).package
    assert package is not None
    found = list(received(package, sealed, secret))
    assert [(one.ksef_number, one.intact) for one in found] == [("n1", True), ("n2", False)]
    with pytest.raises(PackageError):
        list(received(package, {1: sealed[1]}, secret))
    with pytest.raises(PackageError):
        list(received(package, {1: sealed[1], 2: sealed[1]}, secret))


@pytest.mark.official
def test_the_heading_of_every_official_example_is_read(official: Path) -> None:
    folder = official / "pl-ksef/examples"
    found = [heading(path.read_bytes()) for path in sorted((folder / "fa3").glob("*.xml"))]
    assert len(found) >= 10
    assert {one.form.system_code for one in found} == {"FA (3)"}
    assert all(len(one.seller) == 10 for one in found)


@pytest.mark.parametrize("content", [b"", b"<Faktura/>", b"<!DOCTYPE a><a/>"])
def test_what_is_no_invoice_has_no_heading(content: bytes) -> None:
    with pytest.raises(NoHeadingError):
        heading(content)
