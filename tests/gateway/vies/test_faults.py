"""The table of faults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.vies.answers import Fault
from gateway.vies.faults import (
    TREATMENTS,
    Concern,
    fault_in,
    fault_of,
    wait_seconds,
)

MEMBER_STATE = {
    Fault.MS_UNAVAILABLE,
    Fault.TIMEOUT,
    Fault.MS_MAX_CONCURRENT_REQ,
    Fault.MS_MAX_CONCURRENT_REQ_TIME,
    Fault.PAUSED,
}
QUESTION = {
    Fault.INVALID_INPUT,
    Fault.INVALID_REQUESTER_INFO,
    Fault.NOT_SERVED,
    Fault.VAT_BLOCKED,
}
ADDRESS = {Fault.IP_BLOCKED, Fault.ACCESS_REFUSED}
FINAL = {Fault.INVALID_INPUT, Fault.INVALID_REQUESTER_INFO, Fault.NOT_SERVED}


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_its_treatment(fault: Fault) -> None:
    treatment = TREATMENTS[fault]
    concern = (
        Concern.MEMBER_STATE
        if fault in MEMBER_STATE
        else Concern.QUESTION
        if fault in QUESTION
        else Concern.ADDRESS
        if fault in ADDRESS
        else Concern.SERVICE
    )
    assert treatment.concern is concern
    assert treatment.again is (fault not in FINAL)
    assert treatment.breaks is (fault not in QUESTION | {Fault.PAUSED})
    assert (treatment.first_wait > 0) is treatment.again
    assert treatment.first_wait <= treatment.longest_wait <= 24 * 3600
    assert treatment.action.endswith(".")
    assert treatment.action.count(".") == 1


def test_waits_double_up_to_the_longest() -> None:
    waits = [wait_seconds(Fault.MS_UNAVAILABLE, attempts) for attempts in range(1, 9)]
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert wait_seconds(Fault.MS_UNAVAILABLE, 10**6) == 3600
    assert wait_seconds(Fault.MS_UNAVAILABLE, 3, luck=0) == 120
    assert wait_seconds(Fault.INVALID_INPUT, 1) is None
    assert wait_seconds(Fault.INVALID_INPUT, 1, retry_after=5) is None


def test_what_the_service_asks_for_is_the_least() -> None:
    assert wait_seconds(Fault.GLOBAL_MAX_CONCURRENT_REQ, 1) == 5
    assert wait_seconds(Fault.GLOBAL_MAX_CONCURRENT_REQ, 1, retry_after=90) == 90
    assert wait_seconds(Fault.GLOBAL_MAX_CONCURRENT_REQ, 1, retry_after=1) == 5
    assert wait_seconds(Fault.GLOBAL_MAX_CONCURRENT_REQ, 1, retry_after=10**9) == 24 * 3600


@given(
    st.sampled_from(sorted(Fault)),
    st.integers(-3, 10**6),
    st.floats(0, 1),
    st.none() | st.floats(0, 10**9),
)
def test_a_wait_is_never_zero_nor_longer_than_a_day(
    fault: Fault, attempts: int, luck: float, retry_after: float | None
) -> None:
    wait = wait_seconds(fault, attempts, luck=luck, retry_after=retry_after)
    assert wait is None or 0 < wait <= 24 * 3600


_VIES = [fault for fault in Fault if fault not in {
    Fault.NO_ANSWER, Fault.BAD_ANSWER, Fault.PAUSED, Fault.NOT_SERVED, Fault.ACCESS_REFUSED,
    Fault.UNKNOWN_FAULT,
}]  # fmt: skip


@pytest.mark.parametrize("fault", _VIES)
@pytest.mark.parametrize(
    "wrapping",
    ["{}", "  {}\n", "{{ '{}' }}", "env:Server {}", "soap:Client: {}.", "error=[{}] at gateway"],
)
def test_vies_words_are_known_however_they_come(fault: Fault, wrapping: str) -> None:
    assert fault_in(wrapping.format(fault.value)) is fault
    assert fault_in(wrapping.format(fault.value.lower())) is fault


def test_there_are_twelve_words_of_vies() -> None:
    assert len(_VIES) == 12


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Internal Error",
        "INVALID",
        "invalid input",
        "INVALID_INPUT_DATA",
        "MS_MAX",
        "NO_ANSWER",
        "PAUSED",
        "NOT_SERVED",
        "MS_UNAVAILABLE or INVALID_INPUT",
        "java.lang.NullPointerException",
    ],
)
def test_other_words_are_an_unknown_fault(text: str) -> None:
    assert fault_in(text) is Fault.UNKNOWN_FAULT


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (200, Fault.BAD_ANSWER),
        (202, Fault.BAD_ANSWER),
        (301, Fault.BAD_ANSWER),
        (307, Fault.BAD_ANSWER),
        (400, Fault.BAD_ANSWER),
        (401, Fault.ACCESS_REFUSED),
        (403, Fault.IP_BLOCKED),
        (404, Fault.BAD_ANSWER),
        (408, Fault.TIMEOUT),
        (415, Fault.BAD_ANSWER),
        (429, Fault.GLOBAL_MAX_CONCURRENT_REQ),
        (500, Fault.SERVICE_UNAVAILABLE),
        (502, Fault.SERVICE_UNAVAILABLE),
        (503, Fault.SERVICE_UNAVAILABLE),
        (504, Fault.TIMEOUT),
        (599, Fault.SERVICE_UNAVAILABLE),
    ],
)
def test_a_status_means_something_without_a_fault(status: int, fault: Fault) -> None:
    assert fault_of(status) is fault


@pytest.mark.parametrize("status", [200, 400, 403, 500, 503])
def test_a_known_word_counts_for_more_than_the_status(status: int) -> None:
    assert fault_of(status, "MS_UNAVAILABLE") is Fault.MS_UNAVAILABLE


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (200, Fault.UNKNOWN_FAULT),
        (400, Fault.UNKNOWN_FAULT),
        (500, Fault.UNKNOWN_FAULT),
        (403, Fault.IP_BLOCKED),
        (429, Fault.GLOBAL_MAX_CONCURRENT_REQ),
        (503, Fault.SERVICE_UNAVAILABLE),
        (504, Fault.TIMEOUT),
    ],
)
def test_a_status_counts_for_more_than_unknown_words(status: int, fault: Fault) -> None:
    assert fault_of(status, "Policy falsified") is fault
