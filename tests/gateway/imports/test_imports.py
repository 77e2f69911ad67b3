"""Customers and items out of files."""

import io
from typing import Any

import openpyxl
import pytest
from httpx2 import Response

from gateway.imports.schemas import XLSX
from gateway.imports.sheet import MAX_ROWS
from tests.gateway.conftest import Account
from tests.hostile_strings import STRINGS

CSV = """Šifra;Naziv;E-pošta;Naslov;Pošta;Mesto;Država;ID za DDV;Rok plačila;metadata.crm;Barva
C-1;Novak d.o.o.;racuni@novak.si;Glavni trg 1;4220;Škofja Loka;Slovenia;SI50223054;15;77;modra
C-2;Ana Kovač;ana@example.com;;1000;Ljubljana;si;;;;
"""


@pytest.fixture
def entity(account: Account) -> str:
    return account.new_entity(country="SI")


def _import(  # noqa: PLR0913 - a request
    account: Account,
    entity: str,
    content: bytes | str,
    query: str = "",
    *,
    things: str = "customers",
    kind: str = "text/csv",
) -> Response:
    body = content.encode() if isinstance(content, str) else content
    path = f"/v1/{things}/import?{query}"
    return account.call("POST", path, body, Entity_Id=entity, Content_Type=kind)


def _report(answer: Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    report: dict[str, Any] = answer.json()
    return report


def _all(account: Account, entity: str, things: str = "customers") -> list[dict[str, Any]]:
    listed = account.call("GET", f"/v1/{things}?limit=200", Entity_Id=entity).json()
    found: list[dict[str, Any]] = listed["data"]
    return found[::-1]


def _counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    return (report["created"], report["updated"], report["unchanged"], report["refused"])


def test_a_dry_run_says_what_would_be_and_writes_nothing(account: Account, entity: str) -> None:
    report = _report(_import(account, entity, CSV, "dry_run=true"))
    assert _counts(report) == (2, 0, 0, 0)
    assert (report["applied"], report["ignored_columns"]) == (False, ["Barva"])
    assert [row["id"] for row in report["data"]] == [None, None]
    assert _all(account, entity) == []
    events = account.call("GET", "/v1/events", Entity_Id=entity).json()["data"]
    assert not [event for event in events if event["type"].startswith("customer.")]


def test_importing_twice_changes_nothing(account: Account, entity: str) -> None:
    report = _report(_import(account, entity, CSV))
    assert (_counts(report), report["applied"]) == ((2, 0, 0, 0), True)
    novak, ana = _all(account, entity)
    assert [row["id"] for row in report["data"]] == [novak["id"], ana["id"]]
    assert (novak["country_code"], novak["due_days"], novak["post_code"]) == ("SI", 15, "4220")
    assert novak["metadata"] == {"crm": "77"}
    assert (ana["reference"], ana["country_code"]) == ("C-2", "SI")
    assert _counts(_report(_import(account, entity, CSV))) == (0, 0, 2, 0)
    moved = "Customer number,City\nC-2,Maribor\n"
    refused = _import(account, entity, moved)
    assert _counts(_report(refused)) == (0, 1, 0, 0)
    assert _all(account, entity)[1]["city"] == "Maribor"
    by_vat = "name,vat_id,phone\nNovak,si 50223054,1\n"
    assert _counts(_report(_import(account, entity, by_vat))) == (0, 1, 0, 0)
    assert len(_all(account, entity)) == 2


def test_wrong_rows_say_where(account: Account, entity: str) -> None:
    content = "Name,VAT number,E-mail,IBAN\nGood,,,\nBad,SI50223055,a@b.si,SI1\n,,x,\n"
    refused = _import(account, entity, content)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["type"] == "/problems/import-refused"
    assert {(error["cell"], error["column"]) for error in problem["errors"]} == {
        ("B3", "VAT number"),
        ("D3", "IBAN"),
        (None, None),
    }
    assert problem["errors"][0]["pointer"] == "/rows/3/vat_id"
    assert problem["report"]["applied"] is False
    assert [row["id"] for row in problem["report"]["data"]] == [None, None, None]
    assert _all(account, entity) == []
    report = _report(_import(account, entity, content, "mode=each"))
    assert _counts(report) == (1, 0, 0, 2)
    assert [one["name"] for one in _all(account, entity)] == ["Good"]
    assert _counts(_report(_import(account, entity, content, "dry_run=true"))) == (0, 0, 1, 2)


def test_a_workbook(account: Account, entity: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Artikel", "Artikelnummer", "Preis", "Einheit", "MwSt", "EAN", "Lager"])
    sheet.append(["Brot", "B-1", 3.5, "Stunde", 0.19, 4006381333931, 7])
    sheet.append(["Beratung", "B-2", "80,50", "hour", "19 %", None, None])
    sheet["E2"].number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    content = out.getvalue()
    report = _report(_import(account, entity, content, "mode=each", things="items", kind=XLSX))
    assert _counts(report) == (1, 0, 0, 1)
    wrong = report["data"][0]["errors"][0]
    assert (wrong["cell"], wrong["column"]) == ("D2", "Einheit")
    (item,) = _all(account, entity, "items")
    assert (item["price"], item["unit"], item["vat_rate"]) == ("80.50", "HUR", "19")
    again = _import(account, entity, content, "mode=each", things="items", kind=XLSX)
    assert _counts(_report(again)) == (0, 0, 1, 1)


@pytest.mark.parametrize(
    ("content", "kind", "status", "words"),
    [
        ("name\nx", "application/json", 415, "text/csv"),
        ("name\nx", "text/csv; charset=klingon", 415, "charset"),
        ("colour\nred", "text/csv", 422, "names no column"),
        ("name", "text/csv", 422, "no row below"),
        ("", "text/csv", 422, "names no column"),
        ("name,Customer\nx,y", "text/csv", 422, "Two columns"),
        ('name\n"x', "text/csv", 422, "Line"),
        (b"name\n\xff\xfe\x00", "text/csv", 422, "UTF-8"),
        (b"PK\x03\x04 no zip", XLSX, 422, "no zip"),
        ("name\n" + "x\n" * (MAX_ROWS + 1), "text/csv", 422, "rows"),
        ("name\n" + "x" * 5_300_000, "text/csv", 422, "bytes"),
    ],
)
def test_files_that_cannot_be_read(  # noqa: PLR0913, PLR0917 - one for each part of the case
    account: Account, entity: str, content: bytes | str, kind: str, status: int, words: str
) -> None:
    answer = _import(account, entity, content, kind=kind)
    assert answer.status_code == status, answer.text
    assert words in answer.text


def test_other_encodings_are_named(account: Account, entity: str) -> None:
    content = "Naziv;Mesto\nKovač;Škofja Loka\n".encode("windows-1250")
    _report(_import(account, entity, content, kind="text/csv; charset=windows-1250"))
    assert _all(account, entity)[0]["city"] == "Škofja Loka"


def test_formulas_and_other_hostile_texts_are_data(account: Account, entity: str) -> None:
    texts = [
        *("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'),
        *[text for text in STRINGS if text.strip() and "\x00" not in text],
    ]
    for number, text in enumerate(texts):
        body = {"name": f"n{number}", "address": text, "reference": f"R{number}"}
        answer = account.call("POST", "/v1/customers", body, Entity_Id=entity)
        if answer.status_code == 201:
            assert answer.json()["address"] == text
        else:
            assert answer.status_code == 422, answer.text
            assert answer.json()["errors"][0]["pointer"] == "/address"
    rows = "\n".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for text in texts[:5])
    report = _report(_import(account, entity, f"name\n{rows}\n"))
    assert report["created"] == 5
    assert [one["name"] for one in _all(account, entity)[-5:]] == texts[:5]


def test_an_import_is_repeated_safely(account: Account, entity: str) -> None:
    body = b"name\nOnce\n"
    headers = {"Entity_Id": entity, "Content_Type": "text/csv", "Idempotency_Key": "i-1"}
    first = account.call("POST", "/v1/customers/import", body, **headers)
    again = account.call("POST", "/v1/customers/import", body, **headers)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(_all(account, entity)) == 1
