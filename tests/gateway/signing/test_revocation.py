"""Whether a certificate was revoked, asked of a real authority over sockets that may misbehave."""

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography import x509

from gateway.kit.outbound import Policy
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.door import running
from gateway.sandbox.trust.service import TrustService
from gateway.signing import repository
from gateway.signing.revocation.answers import AGAIN, LONGEST
from gateway.signing.revocation.rounds import UNKNOWN_AGAIN, note
from gateway.signing.revocation.verdicts import HOLD, Verdict
from tests.gateway.houses import Shop
from tests.gateway.signing.asking import HOUR, MINUTE, NOW, Desk, Trust, beginning_now
from tests.gateway.signing.authority import DAY, Authority, p256
from tests.gateway.signing.conftest import tenant_of


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with beginning_now():
        yield


@pytest.fixture(scope="module")
def _trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    service = TrustService(tmp_path_factory.mktemp("trust"))
    with running(service) as door:
        service.ca.here = door.url
        yield Trust(service, door.url)
    service.book.close()


@pytest.fixture
def trust(_trust: Trust) -> Trust:
    _trust.is_at(NOW)
    _trust.fails()
    return _trust


@pytest.fixture
def desk(shop: Shop) -> Iterator[Desk]:
    found = Desk(shop)
    yield found
    with found.database.worker_transaction() as tx:
        for statement in (
            "update signing_certificate set check_at = null",
            "delete from revocation_answer",
            "delete from trust_anchor",
        ):
            tx.connection.exec_driver_sql(statement)


def test_a_good_certificate_is_asked_about_and_its_age_shown(desk: Desk, trust: Trust) -> None:
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    row = desk.key(pair.key, pair.certificate)
    assert desk.shop.get("/v1/certificates")["data"][0]["revocation"]["status"] == "unchecked"
    assert desk.look()["status"] == "unknown"  # whose certificate it is, nobody here knows
    desk.knows(trust.root)
    known = desk.look(NOW + UNKNOWN_AGAIN)
    assert (known["status"], known["source"], known["detail"]) == ("good", "ocsp", None)
    assert known["next_update"] is not None
    assert known["age_seconds"] <= 0  # it is the test's clock that runs ahead
    assert desk.signs(row) == "yes"
    assert desk.asked_next(row) == NOW + HOUR  # until then the answer holds


def test_a_revoked_certificate_signs_no_more_and_it_is_told_once(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    row = desk.key(pair.key, pair.certificate)
    assert desk.look()["status"] == "good"
    trust.is_at(NOW + 2 * MINUTE)
    trust.revoke(pair.certificate)
    assert desk.look(NOW + 2 * MINUTE)["status"] == "good"  # it was asked a moment ago
    later = NOW + LONGEST + MINUTE
    trust.is_at(later)
    known = desk.look(later)
    assert (known["status"], known["source"]) == ("revoked", "ocsp")
    assert desk.signs(row, later) == "certificate_revoked"
    assert desk.asked_next(row) is None  # that is for good
    desk.look(later + DAY)
    (event,) = desk.told()
    assert event["subject"] == "CN=Seal"
    assert event["revoked_at"] == f"{NOW + 2 * MINUTE:%Y-%m-%dT%H:%M:%SZ}"


def _points_to(url: str) -> x509.CRLDistributionPoints:
    name = x509.UniformResourceIdentifier(url)
    return x509.CRLDistributionPoints([x509.DistributionPoint([name], None, None, None)])


def test_a_list_serves_all_that_it_lists(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    point = _points_to(f"{trust.url}/crl")
    pairs = [(key := p256(), trust.issue(key, point)) for _ in range(2)]
    for index, pair in enumerate(pairs):
        row = desk.key(*pair)
        known = desk.look()
        assert (known["status"], known["source"]) == ("good", "crl")
        if not index:
            trust.fails({"fault": "drop_before_accept"})  # the second needs no new one
        assert desk.signs(row) == "yes"


def test_a_revoked_one_is_found_in_a_list(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    trust.revoke(pair.certificate)
    trust.fails({"fault": "http_error_before_accept", "status": 500, "count": 1})  # OCSP is away
    row = desk.key(pair.key, pair.certificate)
    later = NOW + MINUTE
    trust.is_at(later)
    known = desk.look(later)
    assert (known["status"], known["source"]) == ("revoked", "crl")
    assert desk.signs(row, later) == "certificate_revoked"


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ({"fault": "wrong_signature"}, "crl"),
        ({"fault": "drop_before_accept"}, "broke"),
        ({"fault": "http_error_before_accept", "status": 503}, "503"),
        ({"fault": "huge"}, "more than"),
        ({"fault": "redirect"}, "307"),
        ({"fault": "garbage"}, "in DER"),
        ({"fault": "empty", "status": 200}, "in DER"),
    ],
)
def test_who_does_not_answer_well_leaves_it_unknown(
    desk: Desk, trust: Trust, rule: dict[str, Any], word: str
) -> None:
    desk.knows(trust.root)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    row = desk.key(pair.key, pair.certificate)
    trust.fails(rule)
    known = desk.look()
    assert known["status"] == "unknown"
    assert word in known["detail"]
    assert "ocsp" in known["detail"]
    assert desk.signs(row) == "yes"  # nobody has said that it must not
    assert desk.asked_next(row) == NOW + UNKNOWN_AGAIN
    trust.fails()
    assert desk.look(NOW + UNKNOWN_AGAIN)["status"] == "good"


def test_an_answer_that_holds_no_longer_says_nothing(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    desk.key(pair.key, pair.certificate)
    trust.is_at(NOW - 2 * HOUR)
    assert desk.look()["status"] == "unknown"


def test_a_revocation_counts_at_once_though_its_clock_is_a_little_ahead(
    desk: Desk, trust: Trust
) -> None:
    desk.knows(trust.root)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    row = desk.key(pair.key, pair.certificate)
    trust.is_at(NOW + 2 * MINUTE)
    trust.revoke(pair.certificate)
    assert desk.look()["status"] == "revoked"
    assert desk.signs(row) == "certificate_revoked"


def test_what_was_good_is_good_as_long_as_the_answer_holds(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    start = NOW - 50 * MINUTE
    trust.is_at(start)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    row = desk.key(pair.key, pair.certificate)
    assert desk.look()["status"] == "good"  # for ten minutes more
    assert desk.asked_next(row) == start + HOUR
    trust.fails({"fault": "drop_before_accept"})
    assert desk.look(start + HOUR + MINUTE)["status"] == "unknown"
    assert desk.asked_next(row) == start + HOUR + MINUTE + UNKNOWN_AGAIN


def test_an_old_good_answer_is_not_shown_as_good(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    trust.is_at(NOW - 2 * HOUR)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    desk.key(pair.key, pair.certificate, now=NOW - 2 * HOUR)
    assert desk.look(NOW - 2 * HOUR)["status"] == "unknown"  # shown now: it held an hour
    with desk.database.transaction(tenant_of(desk.shop)) as tx:
        (row,) = repository.certificate_page(tx, before=None, limit=1)
    assert row.revocation == "good"


def test_a_list_of_somebody_else_says_nothing(desk: Desk, trust: Trust) -> None:
    other = Authority.root(now=NOW)
    desk.knows(other.certificate)
    key, points = p256(), (_points_to(f"{trust.url}/crl"),)
    desk.key(key, other.issue(key, begins=NOW - DAY, ends=NOW + DAY, more=points))
    known = desk.look()
    assert (known["status"], known["source"]) == ("unknown", None)


def test_this_machine_is_not_asked_for_strangers(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    desk.key(pair.key, pair.certificate)
    known = desk.look(outbound=Policy())
    assert known["status"] == "unknown"
    assert "not public" in known["detail"]


def test_who_names_nobody_is_not_asked_about_again(desk: Desk) -> None:
    root = Authority.root(now=NOW)
    key = p256()
    row = desk.key(key, root.issue(key, begins=NOW - DAY, ends=NOW + DAY))
    assert desk.look()["status"] == "unknown"
    assert desk.asked_next(row) is None


def test_what_is_only_held_back_signs_again_when_its_authority_says_so(desk: Desk) -> None:
    root, key = Authority.root(now=NOW), p256()
    row = desk.key(key, root.issue(key, begins=NOW - DAY, ends=NOW + DAY))
    said = []
    for verdict in (
        Verdict("revoked", reason=HOLD, revoked_at=NOW),
        Verdict("unknown"),
        Verdict("good"),
        Verdict("revoked", reason="key_compromise", revoked_at=NOW),
        Verdict("good"),
    ):
        with desk.database.transaction(tenant_of(desk.shop)) as tx:
            (one,) = repository.certificates_of(tx, [row.id])[row.id]
            note(tx, one, verdict, NOW)
        said.append((desk.signs(row), desk.asked_next(row)))
    assert said == [
        ("certificate_revoked", NOW + LONGEST),
        ("certificate_revoked", NOW + UNKNOWN_AGAIN),
        ("yes", NOW + LONGEST),
        ("certificate_revoked", None),
        ("certificate_revoked", None),
    ]


def test_what_is_revoked_stays_so_when_nobody_answers(desk: Desk, trust: Trust) -> None:
    desk.knows(trust.root)
    pair = trust.service.ca.issue("Seal", Use.SIGNATURE)
    row = desk.key(pair.key, pair.certificate)
    trust.revoke(pair.certificate)
    assert desk.look()["status"] == "revoked"
    trust.fails({"fault": "drop_before_accept"})
    with desk.database.worker_transaction() as tx:
        tx.connection.exec_driver_sql("update signing_certificate set check_at = now()")
        tx.connection.exec_driver_sql("delete from revocation_answer")
    assert desk.look(NOW + AGAIN)["status"] == "revoked"
    assert desk.signs(row) == "certificate_revoked"
    assert len(desk.told()) == 1
