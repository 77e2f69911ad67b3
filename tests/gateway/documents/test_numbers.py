"""Legal numbers: brought by the caller or counted here, unique, in order, without gap."""

import datetime
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.gateway.houses import Shop, invoice, kind, rules

THREADS = 8
EACH = 6


def test_an_external_series_wants_a_number(shop: Shop) -> None:
    answer = shop.issue(invoice(series="EXT"))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/number"]


def test_a_number_is_used_once_by_its_seller(shop: Shop) -> None:
    first = shop.issued(invoice(number="2026-7"))
    assert (first["number"], first["series"]) == ("2026-7", "EXT")
    again = shop.issue(invoice(number="2026-7"))
    assert again.status_code == 409
    assert kind(again) == "number-taken"
    assert [error["pointer"] for error in again.json()["errors"]] == ["/number"]
    assert [one["id"] for one in shop.documents()] == [first["id"]]
    shop.call("POST", "/v1/series", {"code": "OTHER", "kind": "external"})
    elsewhere = shop.issue(invoice(number="2026-7", series="OTHER"))
    assert (elsewhere.status_code, kind(elsewhere)) == (409, "number-taken")


def test_a_number_that_a_series_counts_to_cannot_be_brought(shop: Shop) -> None:
    for number in ("INV-000001", "INV-123456789", "CRN-000007"):
        refused = shop.issue(invoice(number=number))
        assert refused.status_code == 422
        assert [error["pointer"] for error in refused.json()["errors"]] == ["/number"]
    assert shop.issued(invoice())["number"] == "INV-000001"


def test_a_number_is_free_for_another_entity(shop: Shop) -> None:
    shop.issued(invoice(number="2026-7"))
    assert Shop.opened(shop.house).issued(invoice(number="2026-7"))["number"] == "2026-7"


def test_a_draft_whose_number_is_taken_stays_a_draft(shop: Shop) -> None:
    shop.issued(invoice(number="2026-7"))
    draft = shop.draft(invoice(number="2026-7"))
    answer = shop.call("POST", f"/v1/invoices/{draft['id']}/finalize")
    assert (answer.status_code, kind(answer)) == (409, "number-taken")
    assert shop.get(f"/v1/invoices/{draft['id']}")["state"] == "draft"


@pytest.mark.parametrize("wave", range(3))
def test_of_two_that_bring_the_same_number_at_once_one_gets_it(shop: Shop, wave: int) -> None:
    body = invoice(number=f"SAME-{wave}")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: shop.issue(body), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {kind(one) for one in answers if one.status_code == 409} == {"number-taken"}
    assert [one["number"] for one in shop.documents()] == [f"SAME-{wave}"]


def test_a_gapless_series_takes_no_number(shop: Shop) -> None:
    answer = shop.issue(invoice(number="7", series="INV"))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/number"]
    assert shop.series("INV")["next_number"] == 1


def test_an_unknown_series_is_refused(shop: Shop) -> None:
    answer = shop.issue(invoice(series="NONE"))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/series"]


def test_a_number_no_index_can_hold_is_refused(shop: Shop) -> None:
    number = "".join(random.Random(1).choices("0123456789abcdef", k=50_000))  # noqa: S311
    answer = shop.issue(invoice(number=number))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/number"]


def test_numbers_follow_the_dates(shop: Shop) -> None:
    later, earlier = "2026-11-20", "2026-11-19"
    assert shop.issued(invoice(issue_date=later))["number"] == "INV-000001"
    answer = shop.issue(invoice(issue_date=earlier))
    assert (answer.status_code, kind(answer)) == (422, "number-date-order")
    assert answer.json()["not_before"] == later
    assert shop.series("INV")["next_number"] == 2
    assert shop.issued(invoice(issue_date=later))["number"] == "INV-000002"


def test_numbers_that_are_brought_need_not_follow_the_dates(shop: Shop) -> None:
    for number, day in (("B", "2026-11-20"), ("A", "2026-11-19")):
        assert shop.issued(invoice(number=number, issue_date=day))["issue_date"] == day


def test_many_at_once_leave_no_gap_although_some_are_refused(shop: Shop) -> None:
    def work(thread: int) -> list[Any]:
        chance = random.Random(thread)  # noqa: S311 - a schedule that can be replayed
        answers = []
        for _ in range(EACH):
            if chance.random() < 0.3:
                answers.append(shop.issue(invoice(totals={"total_with_vat": "3.62"})))
            answers.append(shop.issue(invoice(metadata={"thread": str(thread)})))
        return answers

    with ThreadPoolExecutor(THREADS) as pool:
        answers = [answer for done in pool.map(work, range(THREADS)) for answer in done]
    issued = [answer.json()["number"] for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert sorted(issued) == [f"INV-{n:06}" for n in range(1, THREADS * EACH + 1)]
    assert refused, "the schedule refuses nothing"
    assert all("BR-CO-15" in rules(answer) for answer in refused)
    assert shop.series("INV")["next_number"] == THREADS * EACH + 1
    rows = shop.house.sql(
        "select d.sequence from document d join archive_entry a on a.document_id = d.id"
        " where a.role = 'document' and d.account_id = %s order by a.log_index",
        shop.account.id,
    )
    assert [sequence for (sequence,) in rows] == list(range(1, THREADS * EACH + 1))


def test_the_number_in_the_bytes_is_the_number_that_was_taken(shop: Shop) -> None:
    with ThreadPoolExecutor(4) as pool:
        issued = list(pool.map(lambda _: shop.issued(), range(8)))
    for document in issued:
        content = shop.call("GET", f"/v1/documents/{document['id']}/xml").text
        assert f"<cbc:ID>{document['number']}</cbc:ID>" in content
        assert document["invoice"]["number"] == document["number"]


def test_the_day_of_issue_is_the_day_at_the_seat(shop: Shop) -> None:
    issued = shop.issued()
    moment = datetime.datetime.fromisoformat(issued["issued_at"])
    seat = datetime.timezone(datetime.timedelta(hours=1))  # Slovenia; an hour more in summer
    days = {moment.astimezone(seat).date(), (moment + datetime.timedelta(hours=2)).date()}
    assert datetime.date.fromisoformat(issued["issue_date"]) in days


def test_a_mistyped_year_does_not_use_up_a_gapless_series(shop: Shop) -> None:
    refused = shop.issue(invoice(issue_date="2062-11-21"))
    assert refused.status_code == 422
    assert [finding["rule"] for finding in refused.json()["findings"]] == ["GW-05"]
    assert shop.issued(invoice())["number"] == "INV-000001"
    ahead = shop.issued(invoice(issue_date="2062-11-21", number="2062-1"))
    assert ahead["issue_date"] == "2062-11-21"
