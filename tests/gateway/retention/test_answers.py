"""A stored answer to an Idempotency-Key goes with what it is about; that it was given stays."""

import re
from pathlib import Path

import psycopg.errors
import pytest

from gateway.kit.ids import parse_id
from gateway.kit.remembered import about
from gateway.migrations import versions
from tests.gateway.houses import Shop, kind
from tests.gateway.retention.deeds import PERSON, destroyed, naming, person, sent
from tests.gateway.retention.test_erasure import approved, asked, said

SEND = {"to": ["janez@example.com"]}


def test_what_was_answered_of_a_destroyed_document_is_forgotten(shop: Shop) -> None:
    customer = person(shop)
    body = naming(customer, issue_date="2013-03-01")
    document = shop.issued(body, Idempotency_Key="issue")["id"]
    mail = shop.call("POST", f"/v1/invoices/{document}/send", SEND, Idempotency_Key="send")
    assert mail.status_code == 202, mail.text
    other = shop.issued(naming(customer), Idempotency_Key="other")["id"]
    sent(shop)
    destroyed(shop)
    for key, again in (
        ("issue", shop.issue(body, Idempotency_Key="issue")),
        ("send", shop.call("POST", f"/v1/invoices/{document}/send", SEND, Idempotency_Key="send")),
    ):
        assert (again.status_code, kind(again)) == (410, "answer-forgotten"), key
    wrong = shop.issue(naming(customer), Idempotency_Key="issue")
    assert kind(wrong) == "idempotency-mismatch"
    assert [one["id"] for one in shop.documents()] == [other]  # nothing was issued once more
    assert shop.issued(naming(customer), Idempotency_Key="other")["id"] == other


def test_what_was_answered_of_an_erased_customer_is_forgotten(shop: Shop) -> None:
    answers = [shop.call("POST", "/v1/customers", PERSON, Idempotency_Key="a") for _ in range(2)]
    customer = answers[0].json()["id"]
    assert answers[1].json() == answers[0].json()
    draft = naming(customer, metadata={"nick": "Janezek"})
    made = shop.call("POST", "/v1/invoices", draft, Idempotency_Key="b").json()["id"]
    assert shop.call("DELETE", f"/v1/invoices/{made}").is_success
    assert "idempotency" in said(shop, "Janezek")
    assert approved(shop, asked(shop, customer))["state"] == "done"
    assert said(shop, "Janezek") == []
    again = shop.call("POST", "/v1/customers", PERSON, Idempotency_Key="a")
    assert (again.status_code, kind(again)) == (410, "answer-forgotten")


def test_a_stored_answer_is_forgotten_or_stays(shop: Shop) -> None:
    person_ = shop.call("POST", "/v1/customers", PERSON, Idempotency_Key="c").json()["id"]
    entity = parse_id(shop.entity, "ent")
    named = "entity_id = %s and about = %s"
    for change in ("body = ''", "body = 'x', forgotten_at = now()"):
        with pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.CheckViolation)):
            shop.house.sql(f"update idempotency set {change} where {named}", entity, person_)  # noqa: S608
    blank = (
        f"update idempotency set body = '', headers = '{{}}', forgotten_at = now() where {named}"  # noqa: S608
    )
    shop.house.sql(blank, entity, person_)
    with pytest.raises(psycopg.errors.RestrictViolation):
        shop.house.sql(blank, entity, person_)


MAIL = b'{"id":"eml_%s","object":"email","document_id":"inv_%s"}'
NOTE = b'{"id":"crn_%s","relations":[{"id":"x","document_id":"inv_%s"}]}'
ONE, TWO = b"0" * 25 + b"1", b"0" * 25 + b"2"


ABOUT = {
    b'{"id":"cus_%s","name":"X"}' % ONE: b"cus_" + ONE,
    MAIL % (ONE, TWO): b"inv_" + TWO,
    NOTE % (ONE, TWO): b"crn_" + ONE,
    b"": None,
    b'{"object":"list"}': None,
    b"\xff\xfe": None,
}


@pytest.mark.parametrize("body", ABOUT)
def test_an_answer_is_about_what_it_made_or_the_document_of_that(body: bytes) -> None:
    of = ABOUT[body]
    assert about(body) == (None if of is None else of.decode())


def test_answers_of_before_are_read_the_same(shop: Shop) -> None:
    [path] = Path(versions.__file__).parent.glob("*_forgotten.sql")
    found = re.search(r"set about = (coalesce\(.*?\)\))\n", path.read_text(), re.DOTALL)
    assert found is not None
    expression = found[1].replace("said.beginning", "convert_from(%s, 'LATIN1')")
    for body, of in ABOUT.items():
        [(read,)] = shop.house.sql(f"select {expression}", body, body)
        assert read == (None if of is None else of.decode()), body
