"""Archived documents judged again, over HTTP."""

import csv
import io
from pathlib import Path

import pytest

from tests.gateway.houses import Json, Shop
from tests.gateway.revalidations.conftest import Office

RULES = "eu.cen.en16931:ubl:1.3.16"


def of(document: Json, side: str) -> tuple[str, str]:
    return document[side]["day"], document[side]["verdict"]


def test_by_the_rules_of_its_own_day_every_document_is_what_it_was(office: Office) -> None:
    report = office.report(own_day=True)
    found = {each["id"]: each for each in report["documents"]}
    assert set(found) == set(office.ids)
    for each in found.values():
        assert of(each, "now") == of(each, "then")
        assert (each["changed"], each["appeared"], each["gone"]) == (False, [], []), each
        assert each["now"]["standing_in"] == []
    assert [of(found[one], "now") for one in office.ids[:4]] == [
        ("2026-10-05", "valid"),
        ("2026-11-05", "valid"),
        ("2026-11-06", "valid"),
        ("2026-11-07", "valid"),
    ]
    assert RULES in {each["id"] for each in found[office.ids[0]]["now"]["judged_by"]}
    assert report["summary"]["changed"] == 0
    assert {"id": RULES, "installed": True}.items() <= next(
        each.items() for each in report["rules"] if each["id"] == RULES
    )


def test_a_day_whose_rules_are_not_here_is_unknown(office: Office) -> None:
    report = office.report(as_of="2026-04-13", ids=list(office.ids[:1]))
    (document,) = report["documents"]
    assert of(document, "then") == ("2026-10-05", "valid")
    assert of(document, "now") == ("2026-04-13", "unknown")
    assert document["now"]["by_stand_ins"] == "valid"
    assert document["now"]["standing_in"] == [{"id": RULES, "in_force_from": "2026-04-14"}]
    assert document["changed"] is False
    assert report["summary"]["verdicts"] == [{"then": "valid", "now": "unknown", "documents": 1}]
    (after,) = office.documents(as_of="2026-04-14", ids=list(office.ids[:1]))
    assert after["now"]["verdict"] == "valid"


@pytest.mark.parametrize(
    ("asked", "which"),
    [
        ({"from": "2026-11-05", "to": "2026-11-06"}, [1, 2]),
        ({"kinds": ["invoice", "estimate"]}, [0, 1, 3]),
        ({"directions": ["received"]}, [4]),
        ({"directions": ["issued"], "from": "2026-11-07"}, [3]),
        ({"directions": ["received"], "to": "1999-12-31"}, []),
    ],
)
def test_only_what_was_asked_for_is_judged(office: Office, asked: Json, which: list[int]) -> None:
    found = {each["id"] for each in office.documents(**asked)}
    assert found == {office.ids[one] for one in which}


def test_the_same_question_has_the_same_report_and_the_table_says_the_same(office: Office) -> None:
    first, second = office.ask(as_of="2026-11-20"), office.ask(as_of="2026-11-20")
    assert first["result"]["files"] == second["result"]["files"]
    assert first["progress"] == {"done": 5, "total": 5}
    text = office.fetch(first, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    documents = office.documents(as_of="2026-11-20")
    assert [
        (row["id"], row["verdict_then"], row["verdict_now"], row["changed"]) for row in rows
    ] == [
        (
            each["id"],
            each["then"]["verdict"],
            each["now"]["verdict"],
            "yes" if each["changed"] else "no",
        )
        for each in documents
    ]
    assert RULES in rows[0]["artefacts_now"].split()


def test_nothing_of_a_document_changes(office: Office) -> None:
    paths = ("/v1/log/checkpoint", *(f"/v1/documents/{one}" for one in office.ids[:4]))
    before = [office.shop.call("GET", path).content for path in paths]
    office.ask()
    assert [office.shop.call("GET", path).content for path in paths] == before


def test_ids_of_others_and_two_days_at_once_are_refused(office: Office) -> None:
    stranger = Shop.opened(office.shop.house)
    path = "/v1/archive/revalidations"
    foreign = stranger.call("POST", path, {"ids": [office.ids[0]]})
    assert (foreign.status_code, foreign.json()["type"]) == (404, "/problems/not-found")
    both = office.shop.call("POST", path, {"own_day": True, "as_of": "2026-11-20"})
    assert both.status_code == 422
    job = office.ask(ids=[office.ids[0]])
    assert stranger.call("GET", f"{path}/{job['id']}/report").status_code == 404
    other = office.shop.call("POST", "/v1/exports", {"format": "csv"}).json()["id"]
    assert office.shop.call("GET", f"{path}/{other}/report").status_code == 404


def test_a_damaged_document_is_named_and_not_judged(office: Office) -> None:
    made = office.shop.issued()
    data: Path = office.shop.house.runtime.settings.data
    (path,) = [one for one in (data / "archive").rglob("*") if made["sha256"] in one.name]
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(whole.replace(b"Invoice", b"invoice", 1))
    job = office.ask(ids=[made["id"], office.ids[1]])
    assert job["result"]["problems"] == {"evidence-damaged": 1}
    found = {each["id"]: each for each in office.documents(ids=[made["id"], office.ids[1]])}
    assert (found[made["id"]]["problem"], found[made["id"]]["now"]) == ("evidence-damaged", None)
    assert found[office.ids[1]]["now"]["verdict"] == "valid"
    path.write_bytes(whole)
