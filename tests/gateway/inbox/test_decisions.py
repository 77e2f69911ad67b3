"""Accepting, rejecting, labelling: what is decided stands, and the feed tells it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.gateway.inbox.conftest import Company, written


def test_a_document_is_rejected_with_a_reason(
    company: Company, events: Callable[[], list[dict[str, Any]]]
) -> None:
    found = company.received(written(), query="?metadata[k]=v")
    path, why = f"/{found['id']}", {"reason": "We ordered two.", "code": "QTY"}
    answer = company.call("POST", f"{path}/reject", why)
    decision = answer.json()["decision"]
    assert (decision["state"], decision["code"]) == ("rejected", "QTY")
    assert decision["reason"] == "We ordered two."
    told = events()[-1]
    assert told["type"] == "received_document.rejected"
    assert told["data"]["metadata"] == {"k": "v"}
    assert company.call("POST", f"{path}/reject", why).json() == answer.json()
    refused = company.call("POST", f"{path}/accept")
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "/problems/received-document-state",
    )
    assert len(events()) == 3


def test_a_rejection_needs_words(company: Company) -> None:
    path = f"/{company.received(written())['id']}/reject"
    for body in ({}, {"reason": ""}, {"reason": "x", "code": "XXX"}, {"reason": "x", "a": 1}):
        assert company.call("POST", path, body).status_code == 422


def test_labels_are_merged_and_filterable(company: Company) -> None:
    found = company.received(written(), query="?metadata[a]=1&metadata[b]=2")
    body = {"metadata": {"a": None, "c": "3"}}
    changed = company.call("PATCH", f"/{found['id']}", body).json()
    assert changed["metadata"] == {"b": "2", "c": "3"}
    assert company.listed("?metadata[c]=3") == [found["id"]]
    assert company.call("PATCH", f"/{found['id']}", {"number": "1"}).status_code == 422


def test_labels_given_at_the_same_time_are_all_kept(company: Company) -> None:
    path = f"/{company.received(written())['id']}"
    with ThreadPoolExecutor(6) as pool:
        bodies = [{"metadata": {f"k{number}": "v"}} for number in range(6)]
        answers = list(pool.map(lambda body: company.call("PATCH", path, body), bodies))
    assert {answer.status_code for answer in answers} == {200}
    assert company.call("GET", path).json()["metadata"] == {
        f"k{number}": "v" for number in range(6)
    }
