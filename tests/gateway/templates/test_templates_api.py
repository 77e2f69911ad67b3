"""Templates over HTTP."""

from typing import Any

import pytest

from gateway.kinds import DocumentKind
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant
from gateway.templates import service
from tests.gateway.conftest import Account

REMINDER = {
    "name": "Reminder",
    "purpose": "email",
    "document_kind": "invoice",
    "language": "en",
    "subject": "{{ title }} {{ number }} is due",
    "body": "Dear {{ customer }},\nplease pay {{ amount }} by {{ due_date }}.",
    "html_body": "<p>Dear {{ customer }}</p>",
    "metadata": {"a": "b"},
}


@pytest.fixture
def entity(account: Account) -> str:
    return account.new_entity(country="SI")


def _made(account: Account, entity: str, **changes: object) -> dict[str, Any]:
    body = {**REMINDER, **changes}
    answer = account.call("POST", "/v1/templates", body, Entity_Id=entity)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_templates_are_kept(account: Account, entity: str) -> None:
    made = _made(account, entity)
    assert {name: made[name] for name in REMINDER} == REMINDER
    path = f"/v1/templates/{made['id']}"
    assert account.call("GET", path, Entity_Id=entity).json() == made
    changed = account.call("PATCH", path, {"html_body": None}, Entity_Id=entity)
    assert changed.json()["html_body"] is None
    broken = account.call("PATCH", path, {"body": "{{ "}, Entity_Id=entity)
    assert broken.status_code == 422
    for query, found in (("purpose=email", 1), ("purpose=text", 0), ("document_kind=invoice", 1)):
        listed = account.call("GET", f"/v1/templates?{query}", Entity_Id=entity).json()
        assert len(listed["data"]) == found
    assert account.call("DELETE", path, Entity_Id=entity).status_code == 204
    assert account.call("GET", path, Entity_Id=entity).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"subject": None}, "", "needs subject"),
        ({"subject": "a\nb"}, "/subject", "one line"),
        ({"body": "{{ customer.upper() }}"}, "/body", "uses call"),
        ({"body": "\n{{ nobody }}"}, "/body", "line 2: asks for nobody"),
        ({"language": "English"}, "/language", "pattern"),
        ({"document": {"notes": ["x"]}}, "", "has no document"),
        ({"purpose": "text"}, "", "has no subject"),
        ({"document_kind": "letter"}, "/document_kind", "Input should be"),
    ],
)
def test_what_is_wrong_is_refused(
    account: Account, entity: str, change: dict[str, object], pointer: str, words: str
) -> None:
    answer = account.call("POST", "/v1/templates", {**REMINDER, **change}, Entity_Id=entity)
    assert answer.status_code == 422, answer.text
    error = answer.json()["errors"][0]
    assert error["pointer"] == pointer
    assert words in error["message"]


def test_a_skeleton_of_a_document_is_checked(account: Account, entity: str) -> None:
    document = {
        "note": "Thank you",
        "items": [{"name": "Consulting", "price": 80.50, "unit": "hour"}],
        "payment_terms": "14 days",
    }
    body = {"name": "Monthly", "purpose": "document", "document": document}
    made = account.call("POST", "/v1/templates", body, Entity_Id=entity)
    assert made.status_code == 201, made.text
    kept = made.json()["document"]
    assert kept == {**document, "items": [{"name": "Consulting", "price": "80.5", "unit": "hour"}]}
    draft = {**kept, "customer": {"name": "N"}}
    assert account.call("POST", "/v1/invoices", draft, Entity_Id=entity).status_code == 201
    wrong = {**body, "document": {"itmes": [], "note": "a\u0000"}}
    refused = account.call("POST", "/v1/templates", wrong, Entity_Id=entity)
    assert refused.status_code == 422
    assert "itmes" in refused.json()["errors"][0]["message"]


def test_a_preview_shows_what_would_be_said(account: Account, entity: str) -> None:
    made = _made(account, entity)
    path = "/v1/templates/preview"
    shown = account.call("POST", path, {"template_id": made["id"]}, Entity_Id=entity).json()
    assert shown["subject"] == "Invoice INV-007 is due"
    assert "please pay EUR 122.00" in shown["body"]
    given = {
        "template_id": made["id"],
        "html_body": "{{ customer }} {{ invoice.totals.total_with_vat|money }}",
        "variables": {"customer": "<script>", "invoice": {"totals": {"total_with_vat": "1.5"}}},
        "language": "de",
    }
    shown = account.call("POST", path, given, Entity_Id=entity).json()
    assert shown["html_body"] == "&lt;script&gt; 1,5\u00a0EUR"
    assert "<script>" in shown["body"], "plain text is not HTML"
    heavy = {
        "body": "{% for a in metadata %}x{% endfor %}",
        "variables": {"metadata": [0] * 30_000},
    }
    refused = account.call("POST", path, heavy, Entity_Id=entity)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/body"


def test_the_template_that_fits_best(account: Account, entity: str) -> None:
    for name, kind, language in (
        ("any", None, None),
        ("german", None, "de"),
        ("invoice", "invoice", None),
        ("invoice, german", "invoice", "de"),
        ("invoice, austrian", "invoice", "de-AT"),
    ):
        _made(account, entity, name=name, document_kind=kind, language=language)
    tenant = Tenant(account.id, (parse_id(entity, "ent"),), "sandbox", account_wide=True)

    def found(kind: DocumentKind, locale: str | None) -> str:
        with account.runtime.database.transaction(tenant) as tx:
            row = service.find(tx, "email", kind, locale)
        assert row is not None
        return row.name

    assert found(DocumentKind.INVOICE, "de_AT") == "invoice, austrian"
    assert found(DocumentKind.INVOICE, "de-CH") == "invoice, german"
    assert found(DocumentKind.INVOICE, "fr") == "invoice"
    assert found(DocumentKind.ESTIMATE, "de") == "german"
    assert found(DocumentKind.ESTIMATE, None) == "any"
