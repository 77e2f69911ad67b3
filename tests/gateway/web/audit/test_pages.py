"""What invited auditors see in a browser, what is noted of it, and how it ends."""

import contextlib
import hashlib
import html
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from freezegun import freeze_time
from httpx2 import Response

from gateway.archive import proofs
from gateway.archive.anchor_repository import keep_cosignature
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import Cosignature, Witness, cosign
from gateway.archive.notes import Verifier, signature_line, split
from gateway.archive.tlog_proof import TlogProof
from gateway.kit import clock
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.web.audit import searching
from gateway.web.audit.speech import speech
from tests.chromium import browsing
from tests.gateway.auditors.invited import LATER, invited
from tests.gateway.houses import Json, Shop, invoice, opened
from tests.gateway.web.audit.day import (
    comes_in,
    finds_and_takes,
    prints_and_checks,
    reachable,
    verifies_at_home,
)
from tests.gateway.web.audit.visiting import COOKIE, SITE, browser, shown, visiting

SELLER = {"name": "Mlin d.o.o.", "postal_address": {"city": "Kranj", "country_code": "SI"}}
CLARA = Ed25519PrivateKey.generate()
WITNESS = Witness("witness.example", CLARA.public_key().public_bytes_raw())
WITNESSES = f"{WITNESS} http://127.0.0.1:9"  # nobody's: cosignatures are put into the database
HEADS = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop that issued an invoice and a credit note, and received an invoice."""
    folder = tmp_path_factory.mktemp("audit")
    elsewhere = folder / "heads"
    elsewhere.mkdir()
    watched = {"log_witnesses": WITNESSES, "log_anchor_directory": elsewhere}
    with opened(postgres, folder / "data", **watched) as house:
        shop = Shop.opened(house, name="<b>Pekarna</b>")
        shop.call("POST", "/v1/series", {"code": "CRN"})
        yield shop


@pytest.fixture(scope="module")
def sold(shop: Shop) -> Json:
    return shop.issued(invoice(profile="en16931-ubl", buyer_reference="<i>order</i>"))


@pytest.fixture(scope="module")
def returned(shop: Shop) -> Json:
    return shop.issued(invoice(profile="en16931-ubl"), "credit-notes")


@pytest.fixture(scope="module")
def came(shop: Shop) -> str:
    answer = shop.call("POST", "/v1/inbox", invoice(seller=SELLER, number="M-1"))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def accesses(shop: Shop, made: Json) -> list[tuple[str, str, str | None]]:
    """Return what an auditor asked for, oldest first."""
    listed = shop.get(f"/v1/auditors/{made['id']}/accesses?limit=200")["data"]
    return [(one["operation"], one["shows"], one["subject_id"]) for one in reversed(listed)]


def evidence(shop: Shop, document: str, collection: str = "documents") -> list[Json]:
    listed: list[Json] = shop.get(f"/v1/{collection}/{document}/evidence")["data"]
    return listed


def test_the_token_begins_a_visit_that_is_no_key(shop: Shop) -> None:
    made, one = invited(shop), browser(shop)
    before = one.get("/audit")
    assert before.status_code == 401
    assert 'name="token"' in before.text
    answer = one.enter(f" {made['token']}\n")
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit")
    secret = answer.cookies[COOKIE]
    assert made["token"] not in answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax"} <= set(answer.headers["set-cookie"].split("; "))
    assert one.get("/audit").status_code == 200
    for header in (f"Bearer {secret}", secret):
        refused = shop.house.client.get("/v1/documents", headers={"Authorization": header})
        assert refused.status_code == 401
    assert one.client.get("/v1/documents").status_code == 401
    stored = shop.house.sql("select v::text from auditor_visit v")
    assert secret[-40:] not in str(stored)


@pytest.mark.parametrize("token", ["", "gw_auditor_x", "the key of the shop"])
def test_what_is_no_token_of_an_auditor_opens_nothing(shop: Shop, token: str) -> None:
    one = browser(shop)
    answer = one.enter(shop.key if token.startswith("the key") else token)
    assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)


def test_a_form_that_is_none_of_ours_opens_nothing(shop: Shop) -> None:
    fields = "&".join(f"field{number}=1" for number in range(12))
    answer = browser(shop).client.post("/audit", content=fields, headers={"Origin": SITE})
    assert answer.status_code == 401


def test_a_form_of_somebody_else_does_nothing(shop: Shop) -> None:
    made, one = invited(shop), browser(shop)
    for origin in ("null", "https://evil.example", f"{SITE}:81"):
        assert one.enter(made["token"], Origin=origin).status_code == 403
    assert one.enter(made["token"]).status_code == 303
    assert one.leave(Origin="https://evil.example").status_code == 403
    assert one.get("/audit").status_code == 200


def test_over_tls_the_cookie_is_bound_to_it(shop: Shop) -> None:
    one = browser(shop)
    answer = one.client.post(
        f"{SITE.replace('http', 'https')}/audit",
        data={"token": invited(shop)["token"]},
        headers={"Origin": SITE.replace("http", "https")},
        follow_redirects=False,
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-gateway_audit=")
    assert "Secure" in cookie


def test_a_visit_ends_when_it_is_left_for_every_copy_of_its_cookie(shop: Shop) -> None:
    one, _ = visiting(shop)
    copy = browser(shop)
    copy.client.cookies.set(COOKIE, one.client.cookies[COOKIE])
    assert copy.get("/audit").status_code == 200
    assert one.leave().status_code == 200
    assert COOKIE not in one.client.cookies
    assert copy.get("/audit").status_code == 401


def test_a_visit_ends_with_its_invitation_and_by_itself(shop: Shop) -> None:
    one, made = visiting(shop)
    other, _ = visiting(shop)
    assert shop.call("DELETE", f"/v1/auditors/{made['id']}").status_code == 204
    assert one.get("/audit").status_code == 401
    with freeze_time("2027-01-01") as day:
        late, _ = visiting(shop)
        day.tick(8 * 3600 - 1)
        assert late.get("/audit").status_code == 200
        day.tick(1)
        assert late.get("/audit").status_code == 401
    with freeze_time(LATER):
        assert other.get("/audit").status_code == 401


def test_documents_are_found_by_what_somebody_holds(
    shop: Shop, sold: Json, returned: Json, came: str
) -> None:
    one, _ = visiting(shop)
    both = [returned["id"], sold["id"]]
    digest = evidence(shop, sold["id"])[2]["sha256"]
    total, day = sold["total_with_vat"], sold["issue_date"]
    assert one.found() == both
    assert one.found("?direction=received") == [came]
    for query, expected in {
        f"?number={sold['number']}": [sold["id"]],
        f"?sha256={digest.upper()}": [sold["id"]],
        f"?issued_from={day}&issued_until={day}": both,
        "?issued_until=2020-01-01": [],
        f"?total_from={total}&total_until={total}&currency=eur": both,
        "?party=nobody": [],
        "?direction=received&number=M-1&party=ml": [came],
        "?direction=elsewhere": both,
    }.items():
        assert one.found(query) == expected, query


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("issued_from=yesterday", {"issued_from"}),
        ("total_from=5", {"currency"}),
        ("total_until=1,50&currency=EUR", {"total_until"}),
        ("sha256=abc&currency=euro", {"sha256", "currency"}),
    ],
)
def test_what_cannot_be_read_is_named_at_its_field(
    shop: Shop, sold: Json, query: str, named: set[str]
) -> None:
    one, _ = visiting(shop)
    answer = one.get(f"/audit?{query}")
    assert answer.status_code == 200
    assert set(re.findall(r'aria-describedby="(\w+)-wrong"', answer.text)) == named
    assert set(re.findall(r'id="(\w+)-wrong"', answer.text)) == named
    assert sold["id"] not in answer.text


def test_pages_follow_one_another_without_a_gap(
    shop: Shop, sold: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "PAGE", 2)
    name = "Many d.o.o."
    buyer = invoice()["buyer"] | {"name": name}
    made = [shop.issued(invoice(profile="en16931-ubl", buyer=buyer))["id"] for _ in range(3)]
    one, _ = visiting(shop)
    first = one.get("/audit?party=many")
    onward = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert onward is not None
    following = onward[1].replace("&amp;", "&")
    pages = one.found("?party=many") + one.found(following.removeprefix("/audit"))
    assert pages == made[::-1]
    assert 'rel="next"' not in one.get(following).text
    assert sold["id"] not in pages


def test_a_document_shows_all_that_is_kept_of_it(shop: Shop, sold: Json) -> None:
    one, _ = visiting(shop)
    answer = one.get(f"/audit/documents/{sold['id']}")
    assert answer.status_code == 200
    text = shown(answer)
    for entry in evidence(shop, sold["id"]):
        assert entry["name"] in text
        assert entry["sha256"] in text
    happened = [
        event["type"]
        for event in shop.get("/v1/events?limit=200")["data"]
        if event["document_id"] == sold["id"]
    ]
    assert re.findall(r"<strong>([a-z_.]+)</strong>", answer.text.split("timeline")[1]) == happened
    assert sold["number"] in HEADS.findall(answer.text)[0]
    assert "Bread" in text
    assert sold["sha256"] in text
    assert "<b>Pekarna" not in answer.text
    assert "&lt;b&gt;Pekarna&lt;/b&gt;" in answer.text
    assert '<strong class="good">' in answer.text


def test_a_received_document_shows_the_same(shop: Shop, came: str) -> None:
    one, _ = visiting(shop)
    answer = one.get(f"/audit/documents/{came}")
    assert answer.status_code == 200
    for entry in evidence(shop, came, "inbox"):
        assert entry["sha256"] in answer.text
        place = f"/audit/documents/{came}/files/{entry['id']}"
        assert place in answer.text
        assert one.get(place).status_code == 200
        file = one.get(f"{place}/content").content
        assert hashlib.sha256(file).hexdigest() == entry["sha256"]
    assert "Mlin d.o.o." in shown(answer)
    checked = one.get(f"/audit/documents/{came}/verification")
    assert 'class="verdict good"' in checked.text


def test_a_proof_is_drawn_step_by_step(shop: Shop, sold: Json) -> None:
    one, _ = visiting(shop)
    entry = evidence(shop, sold["id"])[0]
    place = f"/audit/documents/{sold['id']}/files/{entry['id']}"
    answer = one.get(place)
    proof = TlogProof.parse(one.get(f"{place}/proof").text)
    head = proof.verify(Verifier.parse(shop.call("GET", "/v1/log/key").text))
    assert json.loads(proof.extra)["sha256"] == entry["sha256"]
    assert 'class="verdict good"' in answer.text
    for value in (*proof.path, head.root):
        assert value.hex() in answer.text
    assert answer.text.count('class="sibling"') == len(proof.path)
    assert answer.text.count('<th scope="row">') == len(proof.path) + 1
    assert proof.checkpoint.splitlines()[0] in shown(answer)


def test_what_is_downloaded_is_what_the_api_hands_out(shop: Shop, sold: Json) -> None:
    one, _ = visiting(shop)
    for entry in evidence(shop, sold["id"]):
        file = one.get(f"/audit/documents/{sold['id']}/files/{entry['id']}/content")
        assert hashlib.sha256(file.content).hexdigest() == entry["sha256"]
        assert file.headers["content-disposition"].startswith("attachment; ")
        assert file.headers["content-type"].partition(";")[0] in entry["media_type"]
    bundle = one.get(f"/audit/documents/{sold['id']}/bundle")
    with zipfile.ZipFile(BytesIO(bundle.content)) as members:
        assert "verify.py" in members.namelist()


def test_verifying_notices_a_file_that_was_changed(shop: Shop, sold: Json) -> None:
    one, _ = visiting(shop)
    place = f"/audit/documents/{sold['id']}/verification"
    good = one.get(place)
    assert 'class="verdict good"' in good.text
    assert str(len(evidence(shop, sold["id"]))) in good.text
    assert "python -I verify.py" in good.text
    key = shop.call("GET", "/v1/log/key").text.strip()
    assert key in shown(good)


def test_verifying_says_what_is_wrong(shop: Shop) -> None:
    """A file that its leaf no longer names, then bytes that are gone."""
    broken = shop.issued(invoice(profile="en16931-ubl"))
    one, _ = visiting(shop)
    place = f"/audit/documents/{broken['id']}/verification"
    entry = evidence(shop, broken["id"])[-1]
    shop.house.sql("alter table archive_entry disable trigger user")  # whoever can do that
    of = "where name = %s and document_id = (select id from document where number = %s)"
    shop.house.sql(
        "update archive_entry set leaf = convert_to(replace(convert_from(leaf, 'UTF8'),"  # noqa: S608
        f" left(encode(sha256, 'hex'), 8), 'beefbeef'), 'UTF8') {of}",
        *(entry["name"], broken["number"]),
    )
    edited = one.get(place)
    assert 'class="verdict bad"' in edited.text
    assert "<li>" in edited.text.split("<h2>")[1], "what is wrong is said"
    file = one.get(f"/audit/documents/{broken['id']}/files/{entry['id']}")
    assert 'class="verdict bad"' in file.text
    shop.house.sql(
        f"update archive_entry set sha256 = sha256('gone'::bytea) {of}",  # noqa: S608
        *(entry["name"], broken["number"]),
    )
    gone = one.get(place)
    assert gone.status_code == 200
    assert 'class="verdict bad"' in gone.text
    shop.house.sql(
        "update archive_entry set sha256 = sha256('gone'::bytea) where role = 'validation-report'"
        " and document_id = (select id from document where number = %s)",
        broken["number"],
    )
    answer = one.get(f"/audit/documents/{broken['id']}")
    assert answer.status_code == 200
    assert entry["name"] in answer.text
    assert '<strong class="good">' not in answer.text


def cosigned(shop: Shop, key: Ed25519PrivateKey, at: int) -> None:
    """Have the newest head cosigned in the name of the witness."""
    with shop.house.runtime.database.worker_transaction() as tx:
        _, note = proofs.checkpoint(tx)
        made = split(note + cosign(split(note)[0], WITNESS.name, key, at))[1][-1]
        line = signature_line(replace(made, key_id=WITNESS.key_id))  # a forger's, too
        one = Cosignature(WITNESS, at, line)
        keep_cosignature(tx, Checkpoint.read(note), one, clock.now())


def checked(answer: Response) -> dict[str, tuple[int, str]]:
    """Return what a verification says of each thing: of how many, and what came of it."""
    found = re.findall(r'row">([^<]*)<.*?amount">(\d+)</td><td class="(\w+)"', answer.text)
    words = {said: name for name, said in speech("en").words.items()}
    return {words[html.unescape(what)]: (int(count), said) for what, count, said in found}


def test_who_vouches_for_the_head_is_shown_and_judged(shop: Shop) -> None:
    sold = shop.issued(invoice(profile="en16931-ubl"))
    one, _ = visiting(shop)
    files = evidence(shop, sold["id"])
    place = f"/audit/documents/{sold['id']}/files/{files[-1]['id']}"
    check = f"/audit/documents/{sold['id']}/verification"
    assert "witness.example," not in shown(one.get(place))
    before = checked(one.get(check))
    assert before["check_files"] == (len(files), "good")
    assert before["check_cosigned"] == before["check_elsewhere"] == (0, "nothing")

    cosigned(shop, CLARA, 1_800_000_000)
    shop.house.runtime.heads.anchors.look(clock.now())
    seen = shown(one.get(place))
    assert "witness.example, 2027-01-15T08:00:00Z" in seen
    kind, target, size = shop.house.sql(
        "select kind, target, size from log_anchor where outcome = 'done'"
    )[0]
    assert f"{kind} {target} {size} " in seen
    after = checked(one.get(check))
    assert after["check_cosigned"] == after["check_elsewhere"] == (1, "good")

    shop.house.sql("update log_anchor set root = sha256('another') where outcome = 'done'")
    assert checked(one.get(check))["check_elsewhere"] == (1, "bad")
    shop.house.sql("delete from log_anchor")
    shop.house.sql("delete from log_cosignature")
    cosigned(shop, Ed25519PrivateKey.generate(), 1_800_000_000)
    forged = one.get(check)
    assert checked(forged)["check_cosigned"] == (1, "bad")
    assert 'class="verdict bad"' in forged.text
    shop.house.sql("delete from log_cosignature")


def test_nothing_outside_of_the_scope_is_there(
    shop: Shop, sold: Json, returned: Json, came: str
) -> None:
    foreign = Shop.opened(shop.house).issued(invoice(profile="en16931-ubl"))
    one, _ = visiting(shop, kinds=["invoice"], directions=["issued"])
    assert returned["id"] not in one.found()
    own = evidence(shop, sold["id"])[0]["id"]
    theirs = evidence(shop, returned["id"])[0]["id"]
    hidden = [returned["id"], came, foreign["id"], shop.draft()["id"], "inv_x", "zzz"]
    pages = set()
    for document in hidden:
        for rest in ("", "/verification", "/bundle", f"/files/{own}", f"/files/{theirs}/content"):
            answer = one.get(f"/audit/documents/{document}{rest}")
            assert answer.status_code == 404, (document, rest)
            pages.add(answer.text)
    for rest in ("", "/content", "/proof"):
        answer = one.get(f"/audit/documents/{sold['id']}/files/{theirs}{rest}")
        assert answer.status_code == 404, rest
        pages.add(answer.text)
    assert len(pages) == 1, "what is foreign looks like what is out of scope"


def test_everything_shown_is_in_the_access_log(shop: Shop, sold: Json) -> None:
    one, made = visiting(shop)
    entry = evidence(shop, sold["id"])[0]["id"]
    home = f"/audit/documents/{sold['id']}"
    for path in ("/audit?number=X", home, f"{home}/verification", f"{home}/bundle"):
        one.get(path)
    for rest in ("", "/content", "/proof"):
        one.get(f"{home}/files/{entry}{rest}")
    one.get("/audit/documents/inv_x")
    one.leave()
    assert accesses(shop, made) == [
        ("audit_enter", "record", None),
        ("audit_search", "list", None),
        ("audit_document", "record", sold["id"]),
        ("audit_verification", "record", sold["id"]),
        ("audit_bundle", "file", sold["id"]),
        ("audit_file", "record", entry),
        ("audit_content", "file", entry),
        ("audit_proof", "file", entry),
        ("audit_document", "record", "inv_x"),
        ("audit_leave", "record", None),
    ]
    listed = shop.get(f"/v1/auditors/{made['id']}/accesses?limit=200")["data"]
    assert listed[-2]["query"] == "number=X"
    steps = [
        one["type"]
        for one in shop.get("/v1/events?limit=200")["data"]
        if one["subject_id"] == made["id"]
    ]
    assert steps == ["auditor.invited", "auditor.came"]


def test_pages_run_nothing_and_load_nothing_from_elsewhere(shop: Shop, sold: Json) -> None:
    one, _ = visiting(shop)
    entry = evidence(shop, sold["id"])[0]["id"]
    home = f"/audit/documents/{sold['id']}"
    for path in ("/audit", home, f"{home}/verification", f"{home}/files/{entry}", "/audit/no"):
        answer = one.get(path)
        if answer.headers["content-type"].startswith("text/html"):
            assert re.findall(r"<script|\son\w+=|\sstyle=|<img|<iframe", answer.text) == []
            assert set(re.findall(r'(?:href|src|action)="(https?:|//)', answer.text)) == set()
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src" not in policy
            assert answer.headers["referrer-policy"] == "same-origin"
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
            assert len(HEADS.findall(answer.text)) == 1
            labelled = set(re.findall(r'<label for="(\w+)"', answer.text))
            fields = set(re.findall(r'<(?:input|select)[^>]* id="(\w+)"', answer.text))
            assert fields == labelled
    style = one.get("/assets/audit.css")
    assert style.status_code == 200
    assert "@media print" in style.text
    assert "url(" not in style.text


def test_guessing_at_the_form_is_slowed_down(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from limits import RateLimitItemPerMinute  # noqa: PLC0415 - for this test alone

    rates = shop.house.runtime.rates
    monkeypatch.setattr(rates, "_attempts", RateLimitItemPerMinute(3, 1, "attempts of a test"))
    one = browser(shop)
    codes = [one.enter(f"gw_auditor_{n}").status_code for n in range(5)]
    assert codes == [401, 401, 401, 429, 429]
    assert int(one.enter("gw_auditor_x").headers["retry-after"]) >= 1


@pytest.mark.chromium
@pytest.mark.timeout(120)
def test_an_auditors_day_in_a_browser(shop: Shop, tmp_path: Path, chromium: Path) -> None:
    """Invited, finds three, downloads, verifies alone, sees nothing else, and the access ends."""
    with contextlib.ExitStack() as day:
        house, other = shop.house, shop
        shop = Shop.opened(house)
        body = invoice(profile="en16931-ubl")
        sold = [shop.issued(body) for _ in range(3)]
        hidden = [shop.issued(body, "credit-notes"), shop.draft(body), other.issued(body)]
        made = invited(shop, kinds=["invoice"], directions=["issued"])
        key = shop.call("GET", "/v1/log/key").text.strip()  # by another way: on paper
        app = house.client.app
        assert isinstance(app, FastAPI)
        site = day.enter_context(reachable(app))
        page = day.enter_context(browsing(chromium, tmp_path / "browser"))

        comes_in(page, site, made["token"])
        numbers = [one["number"] for one in reversed(sold)]
        assert [name for name in page.named("link") if name in numbers] == numbers
        for one in sold:
            finds_and_takes(page, site, one, numbers)
        prints_and_checks(page, sold[-1], key)
        for one in sold:
            verifies_at_home(tmp_path / "browser" / "files", one, key)

        # What the browser would complain of in its console, but for the first 401.
        assert [one for one in page.complaints if " 401 " not in one] == []

        # She sees nothing else.
        for one in hidden:
            assert page.go(f"{site}/audit/documents/{one['id']}") == 404
            assert "Bread" not in page.text()
        assert page.go(f"{site}/audit/documents/{hidden[0]['id']}/bundle") == 404

        # Her token was in no address; the browser asked nobody else.
        assert [
            one["url"] for one in page.requests if not one["url"].startswith((site, "data:"))
        ] == []  # its own icons
        told = [str(one["url"]) + str(one.get("headers")) for one in page.requests]
        assert [one for one in told if made["token"] in one] == []

        # The shop sees what she looked at, and ends it.
        listed = shop.get(f"/v1/auditors/{made['id']}/accesses?limit=200")["data"]
        taken = {one["subject_id"] for one in listed if one["operation"] == "audit_bundle"}
        assert taken == {one["id"] for one in (*sold, hidden[0])}
        assert {one["address"] for one in listed} == {"127.0.0.1"}
        assert shop.call("DELETE", f"/v1/auditors/{made['id']}").status_code == 204
        assert page.go(f"{site}/audit/documents/{sold[0]['id']}") == 401
        assert sold[0]["number"] not in page.text()
