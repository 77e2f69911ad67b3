"""A thousand checks while six in ten go wrong: nothing ends as invalid that is not.

D365FinanceToolbox #73 counted 116 outages among 173 numbers called invalid.
"""

import datetime
import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from gateway.vies.answers import Answer, Fault, Number, Outcome, Question
from gateway.vies.faults import TREATMENTS
from tests.gateway.vies.authorities import Authorities, authorities

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
CHECKS = 1_000
THREADS = 16
SEED = 20_261_121
PREFIXES = ("SI", "DE", "ES", "EL", "XI", "FR", "IT", "HR")
ASKER = Number("SI", "50223054")

_SHARES: tuple[tuple[dict[str, Any], float], ...] = (
    ({"fault": "protocol_fault", "word": "MS_UNAVAILABLE"}, 8),
    ({"fault": "protocol_fault", "word": "MS_MAX_CONCURRENT_REQ"}, 6),
    ({"fault": "protocol_fault", "word": "GLOBAL_MAX_CONCURRENT_REQ", "status": 500}, 3),
    ({"fault": "protocol_fault", "word": "INVALID_INPUT"}, 3),
    ({"fault": "protocol_fault", "word": "SERVICE_UNAVAILABLE", "status": 500}, 3),
    ({"fault": "protocol_fault", "word": "TIMEOUT"}, 3),
    ({"fault": "protocol_fault", "word": "VAT_BLOCKED"}, 1),
    ({"fault": "protocol_fault", "word": "IP_BLOCKED"}, 1),
    ({"fault": "protocol_fault", "word": "Something else"}, 2),
    ({"fault": "http_503_before_accept"}, 3),
    ({"fault": "http_500_before_accept"}, 2),
    ({"fault": "http_403_before_accept"}, 1),
    ({"fault": "drop_before_accept"}, 3),
    ({"fault": "drop_after_accept"}, 3),
    ({"fault": "broken_off"}, 2),
    ({"fault": "empty"}, 2),
    ({"fault": "garbage"}, 2),
    ({"fault": "html_page"}, 2),
    ({"fault": "doctype"}, 1),
    ({"fault": "redirect"}, 1),
    ({"fault": "wrong_number"}, 3),
    ({"fault": "wrong_country"}, 2),
    ({"fault": "other_operation"}, 1),
    ({"fault": "no_result"}, 1),
    ({"fault": "unclear_result"}, 1),
)
"""What goes wrong, and in how many of a hundred checks."""


def _rules() -> list[dict[str, Any]]:
    """Return rules that, one after the other, make these shares of all questions."""
    rules, left = [], 100.0
    for rule, share in _SHARES:
        rules.append({**rule, "probability": share / left, "seed": SEED})
        left -= share
    return rules


def _is_in_force(index: int) -> bool:
    return hashlib.sha256(f"{SEED}|{index}".encode()).digest()[0] < 128


def _question(index: int) -> Question:
    number = Number(PREFIXES[index % len(PREFIXES)], f"{10_000_000 + index}")
    return Question(number, requester=ASKER if index % 3 == 0 else None)


def _storm(there: Authorities, checks: int = CHECKS) -> list[Answer]:
    there.service.reset()
    there.know(ASKER.written)
    for index in filter(_is_in_force, range(checks)):
        there.know(_question(index).number.written, name="A")
    there.fail(*_rules())
    with ThreadPoolExecutor(THREADS) as pool:
        return list(
            pool.map(lambda index: there.vies.ask(_question(index), now=NOW), range(checks))
        )


def test_no_outage_is_called_invalid() -> None:
    with authorities() as there:
        answers = _storm(there)
        befallen = {asked["number"] for asked in there.asked() if asked["trouble"]}
        fired = Counter({rule["fault"]: rule["fired"] for rule in there.service.plane.as_json()})
    assert 0.55 < len(befallen) / CHECKS < 0.65
    assert all(fired[rule["fault"]] for rule, _ in _SHARES)
    for index, answer in enumerate(answers):
        assert answer.question == _question(index)
        if answer.question.number.written in befallen:
            assert answer.outcome is Outcome.UNKNOWN, answer.received
            assert answer.fault in TREATMENTS
        else:
            expected = Outcome.VALID if _is_in_force(index) else Outcome.INVALID
            assert (answer.outcome, answer.fault) == (expected, None)
        assert answer.question.number.digits.encode() in answer.sent
        proof = answer.outcome is Outcome.VALID and answer.question.requester is not None
        assert (answer.consultation_number is not None) == proof
    faults = {answer.fault for answer in answers}
    assert len(faults - {None}) == 11
    assert faults >= {Fault.NO_ANSWER, Fault.BAD_ANSWER, Fault.UNKNOWN_FAULT}


def test_the_same_storm_comes_again() -> None:
    with authorities() as there:
        first = [(answer.outcome, answer.fault) for answer in _storm(there, 200)]
        assert [(answer.outcome, answer.fault) for answer in _storm(there, 200)] == first
