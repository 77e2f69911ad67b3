import pytest

from formats.findings import Flag
from formats.validation import svrl
from formats.validation.engine import EngineError

HEAD = '<svrl:schematron-output xmlns:svrl="http://purl.oclc.org/dsdl/svrl">'
FIRED = '<svrl:active-pattern/><svrl:fired-rule context="/a"/>'
TAIL = "</svrl:schematron-output>"


def report(body: str, head: str = HEAD, tail: str = TAIL) -> bytes:
    return (head + body + tail).encode()


def test_a_failed_assert_is_a_finding() -> None:
    (found,) = svrl.findings(
        report(
            f'{FIRED}<svrl:failed-assert id="BR-02" flag="fatal" location="/*:Invoice[1]" '
            'test="false()"><svrl:text>[BR-02]-An Invoice shall\n   have a number (BT-1).'
            "</svrl:text></svrl:failed-assert>"
        ),
        "eu.example:rules:1",
    )
    assert (found.rule, found.rule_set, found.flag) == ("BR-02", "eu.example:rules:1", Flag.FATAL)
    assert found.message == "An Invoice shall have a number (BT-1)."
    assert found.term == "BT-1"
    assert found.location == "/*:Invoice[1]"


def test_a_rule_about_several_terms_names_none() -> None:
    (found,) = svrl.findings(
        report(
            f'{FIRED}<svrl:failed-assert id="X"><svrl:text>BT-1 and BT-2</svrl:text>'
            "</svrl:failed-assert>"
        ),
        "r",
    )
    assert found.term is None


def test_a_successful_report_is_a_finding() -> None:
    (found,) = svrl.findings(
        report(f'{FIRED}<svrl:successful-report id="R1" flag="warning"/>'), "r"
    )
    assert (found.rule, found.flag) == ("R1", Flag.WARNING)


@pytest.mark.parametrize(
    ("attribute", "flag"),
    [
        ('flag="fatal"', Flag.FATAL),
        ('flag="error"', Flag.FATAL),
        ('flag="warning"', Flag.WARNING),
        ('flag="Warning "', Flag.WARNING),
        ('flag="information"', Flag.INFORMATION),
        ('flag="info"', Flag.INFORMATION),
        ("", Flag.FATAL),
        ('flag=""', Flag.FATAL),
        ('flag="no idea"', Flag.FATAL),
        ('role="warning"', Flag.WARNING),
        ('role="no idea"', Flag.FATAL),
        ('flag="fatal" role="warning"', Flag.FATAL),
    ],
)
def test_only_a_known_milder_flag_is_not_fatal(attribute: str, flag: Flag) -> None:
    (found,) = svrl.findings(report(f'{FIRED}<svrl:failed-assert id="X" {attribute}/>'), "r")
    assert found.flag is flag


def test_nothing_failed_is_a_verdict() -> None:
    assert svrl.findings(report(FIRED), "r") == ()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"  ", id="blanks"),
        pytest.param(b"ok", id="text"),
        pytest.param(b"<html/>", id="another document"),
        pytest.param(b"<schematron-output/>", id="the name in no namespace"),
        pytest.param(report(FIRED)[:-5], id="truncated"),
        pytest.param(report(""), id="no rule looked"),
        pytest.param(report("<svrl:active-pattern/>"), id="patterns, but no rule looked"),
        pytest.param(b"<!DOCTYPE a>" + report(FIRED), id="DOCTYPE"),
    ],
)
def test_what_is_no_report_is_no_verdict(answer: bytes) -> None:
    with pytest.raises(EngineError):
        svrl.findings(answer, "r")
