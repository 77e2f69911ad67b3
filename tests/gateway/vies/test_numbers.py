"""Reading VAT numbers, and what their form alone decides."""

import datetime
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.eu import vat

from formats.en16931.codes.countries import VAT_PREFIXES
from gateway.vies.answers import Number, Outcome, Question
from gateway.vies.numbers import NotANumberError, answer_by_form, read_number

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("written", "country_code", "prefix", "digits"),
    [
        ("SI50223054", None, "SI", "50223054"),
        (" si 5022-3054 ", None, "SI", "50223054"),
        ("S I50223054", None, "SI", "50223054"),
        ("50223054", "SI", "SI", "50223054"),
        ("GR094259216", None, "EL", "094259216"),
        ("el 094.259.216", None, "EL", "094259216"),
        ("094259216", "GR", "EL", "094259216"),
        ("GR94259216", None, "EL", "094259216"),  # eight digits, as once written
        ("XI 980 7806 84", None, "XI", "980780684"),
        ("gb980780684", None, "GB", "980780684"),
        ("BE428759497", None, "BE", "0428759497"),  # nine digits, as once written
        ("NL004495445B01", None, "NL", "004495445B01"),
        ("nl4495445b01", None, "NL", "004495445B01"),
        ("ATU 138 55 002", None, "AT", "U13855002"),
        ("FR 40 303 265 045", None, "FR", "40303265045"),
        ("ESX-2482300-W", None, "ES", "X2482300W"),
        ("IE8Z49289F", None, "IE", "8Z49289F"),
        ("IE 8+49289F", None, "IE", "8+49289F"),
        ("8*49289F", "IE", "IE", "8*49289F"),
        ("U13855002", "AT", "AT", "U13855002"),
        ("DE999", None, "DE", "999"),  # wrong, and still a number that can be asked about
        ("CHE-107.787.577 IVA", None, "CH", "E107787577IVA"),
    ],
)
def test_numbers_are_read_however_they_are_written(
    written: str, country_code: str | None, prefix: str, digits: str
) -> None:
    number = read_number(written, country_code)
    assert number == Number(prefix, digits)
    assert number.written == prefix + digits


@pytest.mark.parametrize(
    ("written", "country_code"),
    [
        ("", None),
        ("   ", None),
        ("DE", None),
        ("DE1", None),
        ("50223054", None),
        ("50223054", "ZZ"),
        ("50223054", "SVN"),
        ("50223054", ""),
        ("QQ50223054", None),  # no country has these letters
        ("DE" + "1" * 21, None),
        ("DE 129273398" + " " * 60, None),
        ("DE12927/3398<script>", None),
        ("DE129273398\x00", None),
        ("DE１２９２７３３９８", None),
        ("DEß29273398", None),
        ("dı129273398", None),
        ("DE12927339_8", None),
    ],
)
def test_what_cannot_be_a_number_is_refused(written: str, country_code: str | None) -> None:
    with pytest.raises(NotANumberError):
        read_number(written, country_code)


@pytest.mark.parametrize(
    "written",
    [
        "SI50223055",
        "SI5022305",
        "DE136695970",
        "EL094259217",
        "IE8D79739J",
        "ATU12345678",
        "XI980780683",
        "NL123456789B90",
    ],
)
def test_a_form_that_is_certainly_wrong_is_invalid_without_asking(written: str) -> None:
    question = Question(read_number(written))
    answer = answer_by_form(question, now=NOW)
    assert answer is not None
    assert (answer.outcome, answer.service, answer.fault) == (Outcome.INVALID, "form", None)
    assert (answer.question, answer.asked_at) == (question, NOW)
    assert (answer.sent, answer.received, answer.request_date) == (b"", b"", None)
    assert written in answer.detail


@pytest.mark.parametrize(
    "written",
    [
        "SI50223054",
        "GR094259216",
        "XI980780684",
        "IE8+49289F",
        "IE8*49289F",
        "GB980780683",  # HMRC knows better than we do
        "CHE107787577IVA",
        "US123456789",
    ],
)
def test_any_doubt_is_left_to_the_authority(written: str) -> None:
    assert answer_by_form(Question(read_number(written)), now=NOW) is None


def test_the_asker_s_own_number_does_not_decide() -> None:
    question = Question(Number("SI", "50223054"), requester=Number("SI", "1"))
    assert answer_by_form(question, now=NOW) is None


_SEPARATORS = st.text(" .-/", max_size=2)


@given(
    prefix=st.sampled_from(sorted(VAT_PREFIXES - {"GR"})),
    digits=st.text(string.ascii_uppercase + string.digits, min_size=2, max_size=12),
    separators=st.lists(_SEPARATORS, min_size=14, max_size=14),
    small=st.booleans(),
)
def test_how_it_is_written_changes_nothing(
    prefix: str, digits: str, separators: list[str], *, small: bool
) -> None:
    number = read_number(prefix + digits)
    assert number.prefix == prefix
    letters = prefix + digits
    spread = "".join(
        letter + gap for letter, gap in zip(letters, separators[: len(letters)], strict=True)
    )
    assert read_number(spread.lower() if small else spread) == number
    assert read_number(number.written) == number


@given(st.text(max_size=70), st.none() | st.text(max_size=3))
def test_any_text_is_a_number_or_refused(written: str, country_code: str | None) -> None:
    try:
        number = read_number(written, country_code)
    except NotANumberError:
        return
    assert number.prefix in VAT_PREFIXES
    assert number.digits.isascii()
    assert 2 <= len(number.digits) <= 20
    assert read_number(number.written) == number


@given(
    st.sampled_from(sorted(vat.MEMBER_STATES)),
    st.text(string.ascii_uppercase + string.digits, min_size=2, max_size=12),
)
def test_nothing_that_stdnum_takes_is_invalid_by_form(code: str, digits: str) -> None:
    prefix = "EL" if code == "gr" else code.upper()
    number = read_number(prefix + digits)
    by_form = answer_by_form(Question(number), now=NOW)
    assert (by_form is None) == vat.is_valid(number.written)
