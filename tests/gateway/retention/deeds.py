"""To propose destructions, approve them and have them done, over HTTP."""

import threading

from gateway.jobs.execution import Ticket, attempt
from gateway.kit.ids import parse_id
from tests.gateway.houses import Json, Shop, invoice

HOME = "/v1/retention/destructions"
PERSON = {
    "name": "Janez Novak",
    "email": "janez@example.com",
    "address": "Trg 1",
    "city": "Kranj",
    "country_code": "SI",
    "reference": "J-1",
    "metadata": {"nick": "Janezek"},
}


def old(shop: Shop) -> str:
    issued = shop.issued(invoice(issue_date="2015-03-01"))
    sent(shop)
    return str(issued["id"])


def sent(shop: Shop) -> None:
    """Let nothing of the shop be on its way."""
    shop.house.sql(
        "update outbox set state = 'closed', due_at = null where entity_id = %s",
        parse_id(shop.entity, "ent"),
    )


def proposed(shop: Shop, **body: object) -> Json:
    answer = shop.call("POST", HOME, body)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def approved(shop: Shop, destruction: str) -> Json:
    key = shop.account.new_key()
    answer = shop.call("POST", f"{HOME}/{destruction}/approve", {}, key=key)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def done(shop: Shop, job: str) -> Json:
    entity_id = parse_id(shop.entity, "ent")
    ticket = Ticket(shop.account.id, entity_id, shop.environment, parse_id(job, "job"))
    attempt(shop.house.runtime.jobs, ticket, threading.Event())
    return shop.get(f"/v1/jobs/{job}")


def destroyed(shop: Shop, **body: object) -> tuple[Json, Json]:
    """Destroy what is over; return the job and the destruction."""
    destruction = proposed(shop, **body)["id"]
    job = done(shop, approved(shop, destruction)["job_id"])
    return job, shop.get(f"{HOME}/{destruction}")


def naming(customer: str, **changes: object) -> Json:
    """Return the body of an invoice to a customer of the catalogue."""
    body = invoice(customer_id=customer, **changes)
    del body["buyer"]
    return body


def person(shop: Shop) -> str:
    answer = shop.call("POST", "/v1/customers", PERSON)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def sold(shop: Shop, customer: str, day: str) -> str:
    issued = shop.issued(naming(customer, issue_date=day))
    assert issued["customer_id"] == customer
    sent(shop)
    return str(issued["id"])
