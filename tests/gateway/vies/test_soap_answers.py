"""What ViesSoap makes of every answer there can be: nothing unclear is ever called invalid."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from gateway.vies.answers import Answer, Fault, Match, Number, Outcome, Question, Trader
from gateway.vies.envelope import Checked
from gateway.vies.soap import ViesSoap
from gateway.vies.wire import UnansweredError
from tests.gateway.vies.canned import SOAP, TYPES, Canned, envelope, fault, response, serving

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
NUMBER = Number("SI", "50223054")
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@dataclass
class Asker:
    canned: Canned
    service: ViesSoap

    def ask(self, question: Question | None = None, **canned: object) -> Answer:
        for name, value in canned.items():
            setattr(self.canned, name, value)
        return self.service.ask(question or Question(NUMBER), now=NOW)


@pytest.fixture(scope="module")
def asker() -> Iterator[Asker]:
    canned = Canned()
    with serving(canned) as url:
        yield Asker(canned, ViesSoap(f"{url}/vies"))


@pytest.fixture(autouse=True)
def _fresh(asker: Asker) -> None:
    asker.canned.status, asker.canned.headers, asker.canned.body = 200, {}, b""
    asker.canned.seen.clear()


def test_the_question_is_what_the_interface_says(asker: Asker) -> None:
    answer = asker.ask(body=response())
    ((method, path, headers, body),) = asker.canned.seen
    assert (method, path) == ("POST", "/vies")
    assert headers["content-type"] == "text/xml; charset=utf-8"
    assert headers["soapaction"] == '""'
    assert (answer.sent, answer.received) == (body, asker.canned.body)
    assert b"checkVatApprox" not in body


@pytest.mark.parametrize("written", ["false", "0", " false\n"])
def test_no_is_invalid(asker: Asker, written: str) -> None:
    answer = asker.ask(body=response(f"<valid>{written}</valid>"))
    assert (answer.outcome, answer.fault) == (Outcome.INVALID, None)
    assert answer.request_date == datetime.date(2026, 11, 21)
    assert (answer.name, answer.address, answer.service) == (None, None, "vies")


@pytest.mark.parametrize("written", ["true", "1", "\ttrue "])
def test_yes_is_valid(asker: Asker, written: str) -> None:
    rest = "<name> Čevljar d.o.o. </name><address>Ulica 1 \n\n 1000 Ljubljana\n</address>"
    answer = asker.ask(body=response(f"<valid>{written}</valid>", rest=rest))
    assert (answer.outcome, answer.fault) == (Outcome.VALID, None)
    assert (answer.name, answer.address) == ("Čevljar d.o.o.", "Ulica 1\n1000 Ljubljana")
    assert answer.consultation_number is None


@pytest.mark.parametrize("date", ["2026-11-21", "2026-11-21Z", "2026-11-21-11:00"])
def test_the_date_may_have_a_time_zone(asker: Asker, date: str) -> None:
    answer = asker.ask(body=response(date=f"<requestDate>{date}</requestDate>"))
    assert answer.request_date == datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("country", "number"), [("SI", "5022 3054"), ("si", "50223054"), ("SI", "50.22.3054")]
)
def test_an_echo_may_be_written_otherwise(asker: Asker, country: str, number: str) -> None:
    answer = asker.ask(body=response(country=country, number=number))
    assert answer.outcome is Outcome.INVALID


def test_greece_may_be_echoed_by_its_iso_code(asker: Asker) -> None:
    question = Question(Number("EL", "094259216"))
    answer = asker.ask(question, body=response(country="GR", number="094259216"))
    assert answer.outcome is Outcome.INVALID


_NO = "<valid>false</valid>"

REFUSED = {
    "nothing": b"",
    "text": b"no",
    "html": b"<!DOCTYPE html><html><body>Request rejected</body></html>",
    "xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'><body>no</body></html>",
    "broken off": response()[:-30],
    "two documents": response() + response(),
    "not utf-8": response().replace(b"---", b"\xff\xfe"),
    "nul": response().replace(b"---", b"\0"),
    "latin-1": b"<?xml version='1.0' encoding='ISO-8859-1'?>" + response(),
    "doctype": b"<!DOCTYPE x>" + response(),
    "entity": b'<!DOCTYPE x [<!ENTITY n "false">]>' + response("<valid>&n;</valid>"),
    "external entity": b'<!DOCTYPE x [<!ENTITY n SYSTEM "file:///etc/hostname">]>'
    + response("<valid>&n;</valid>"),
    "unknown entity": response("<valid>&n;</valid>"),
    "laughs": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    + response(rest="<name>&b;</name>"),
    "deep": envelope("<a>" * 300 + "</a>" * 300),
    "many": envelope("<a/>" * 5000),
    "no envelope": response().replace(b"Envelope", b"Letter"),
    "other soap": response().replace(SOAP.encode(), b"http://www.w3.org/2003/05/soap-envelope"),
    "no body": response().replace(b"e:Body", b"e:Header"),
    "two bodies": response().replace(b"</e:Body>", b"</e:Body><e:Body/>"),
    "empty body": envelope(""),
    "two answers": response().replace(b"</e:Body>", f'<valid xmlns="{TYPES}"/></e:Body>'.encode()),
    "other operation": response(operation="checkVatApprox"),
    "other namespace": response().replace(TYPES.encode(), b"urn:other"),
    "no result": response(""),
    "empty result": response("<valid/>"),
    "blank result": response("<valid> </valid>"),
    "two results": response(_NO + "<valid>true</valid>"),
    "same result twice": response(_NO + _NO),
    "perhaps": response("<valid>perhaps</valid>"),
    "capital": response("<valid>True</valid>"),
    "no": response("<valid>no</valid>"),
    "2": response("<valid>2</valid>"),
    "nil": response(f'<valid {XSI} xsi:nil="true">false</valid>'),
    "typed": response(f'<valid {XSI} {XS} xsi:type="xs:string">false</valid>'),
    "comment inside": response("<valid>tr<!-- -->ue</valid>"),
    "instruction inside": response("<valid>tr<?x?>ue</valid>"),
    "element inside": response("<valid>true<x/></valid>"),
    "result of another": response('<valid xmlns="urn:other">false</valid>'),
    "result elsewhere": response(f"<x>{_NO}</x>"),
    "order": response("", rest=f"<name>---</name>{_NO}"),
    "unknown element": response(rest="<extra/>"),
    "no date": response(date=""),
    "empty date": response(date="<requestDate/>"),
    "wrong date": response(date="<requestDate>21.11.2026</requestDate>"),
    "no such day": response(date="<requestDate>2026-02-30</requestDate>"),
    "week": response(date="<requestDate>2026-W01</requestDate>"),
    "other number": response(number="50223055"),
    "longer number": response(number="502230541"),
    "no number": response(number=""),
    "other country": response(country="HR"),
    "no country": response(country=""),
    "shifted": response(country="", number="SI50223054").replace(b"SI5", b"I5"),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_is_no_answer_is_unknown(asker: Asker, case: str) -> None:
    answer = asker.ask(body=REFUSED[case])
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.BAD_ANSWER)
    assert answer.received == REFUSED[case]
    assert 0 < len(answer.detail) <= 300
    assert (answer.request_date, answer.name) == (None, None)


def test_both_readers_must_agree(asker: Asker) -> None:
    for written, valid in (("true", False), ("false", True)):
        checked = Checked(response(f"<valid>{written}</valid>"), valid)
        with pytest.raises(UnansweredError) as caught:
            asker.service._read(checked, "checkVat", NUMBER)
        assert caught.value.fault is Fault.BAD_ANSWER


def test_an_answer_too_long_is_not_read_to_its_end(asker: Asker) -> None:
    answer = asker.ask(body=response(rest=f"<name>{'x' * 10_000_000}</name>"))
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, Fault.BAD_ANSWER)
    assert len(answer.received) == 64 * 1024


@pytest.mark.parametrize("status", [201, 202, 204, 301, 307, 400, 404, 500, 503])
def test_only_status_200_answers(asker: Asker, status: int) -> None:
    answer = asker.ask(status=status, body=b"" if status == 204 else response())
    assert answer.outcome is Outcome.UNKNOWN
    assert answer.fault is (
        Fault.SERVICE_UNAVAILABLE if status in {500, 503} else Fault.BAD_ANSWER
    )


def test_a_redirect_is_not_followed(asker: Asker) -> None:
    asker.ask(status=307, headers={"Location": "/elsewhere"})
    assert [path for _, path, _, _ in asker.canned.seen] == ["/vies"]


VIES_FAULTS = list(Fault)[:12]


@pytest.mark.parametrize("status", [200, 400, 500, 503])
@pytest.mark.parametrize("word", VIES_FAULTS)
def test_vies_faults_are_unknown_with_their_name(asker: Asker, word: Fault, status: int) -> None:
    answer = asker.ask(status=status, body=fault(word))
    assert (answer.outcome, answer.fault, answer.detail) == (Outcome.UNKNOWN, word, word)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (fault("ms_unavailable"), Fault.MS_UNAVAILABLE),
        (fault("{ 'MS_UNAVAILABLE' }"), Fault.MS_UNAVAILABLE),
        (fault(" Server: MS_UNAVAILABLE ", more="<detail>x</detail>"), Fault.MS_UNAVAILABLE),
        (fault("INVALID_INPUT", code="env:Client"), Fault.INVALID_INPUT),
        (fault("Invalid VAT number"), Fault.UNKNOWN_FAULT),
        (fault(""), Fault.UNKNOWN_FAULT),
        (fault("<![CDATA[TIMEOUT]]>"), Fault.TIMEOUT),
        (envelope("<e:Fault/>"), Fault.UNKNOWN_FAULT),
        (envelope("<e:Fault><e:faultstring>TIMEOUT</e:faultstring></e:Fault>"), Fault.TIMEOUT),
        (envelope("<e:Fault><detail>IP_BLOCKED</detail></e:Fault>"), Fault.IP_BLOCKED),
        (
            envelope(
                "<e:Fault><e:Reason><e:Text>SERVER_BUSY</e:Text></e:Reason></e:Fault>"
            ).replace(SOAP.encode(), b"http://www.w3.org/2003/05/soap-envelope"),
            Fault.SERVER_BUSY,
        ),
    ],
)
def test_faults_are_understood_in_every_dress(asker: Asker, body: bytes, expected: Fault) -> None:
    answer = asker.ask(body=body)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, expected)


def test_a_fault_beside_an_answer_counts(asker: Asker) -> None:
    body = response().replace(
        b"<e:Body>", b"<e:Body><e:Fault><faultstring>TIMEOUT</faultstring></e:Fault>"
    )
    assert asker.ask(body=body).fault is Fault.TIMEOUT


@pytest.mark.parametrize(
    ("status", "written", "fault_", "seconds"),
    [
        (503, "120", Fault.SERVICE_UNAVAILABLE, 120),
        (429, " 7 ", Fault.GLOBAL_MAX_CONCURRENT_REQ, 7),
        (503, "Sat, 21 Nov 2026 12:05:00 GMT", Fault.SERVICE_UNAVAILABLE, 300),
        (503, "Sat, 21 Nov 2026 12:05:00 -0000", Fault.SERVICE_UNAVAILABLE, 300),
        (503, "Sat, 21 Nov 2026 11:00:00 GMT", Fault.SERVICE_UNAVAILABLE, 0),
        (503, "soon", Fault.SERVICE_UNAVAILABLE, None),
        (503, "-1", Fault.SERVICE_UNAVAILABLE, None),
        (503, "", Fault.SERVICE_UNAVAILABLE, None),
        (403, "", Fault.IP_BLOCKED, None),
        (504, "", Fault.TIMEOUT, None),
    ],
)
def test_pages_of_proxies_mean_their_status(
    asker: Asker, status: int, written: str, fault_: Fault, seconds: float | None
) -> None:
    page = b"<!DOCTYPE html><html><body>INVALID_INPUT</body></html>"
    answer = asker.ask(status=status, headers={"Retry-After": written}, body=page)
    assert (answer.outcome, answer.fault) == (Outcome.UNKNOWN, fault_)
    assert (answer.retry_after, answer.received) == (seconds, page)


_APPROX = "checkVatApprox"


def _approx(rest: str, valid: str = "true") -> bytes:
    return response(
        f"<valid>{valid}</valid>",
        operation=_APPROX,
        rest=rest + "<requestIdentifier>WAPIAAAAX1</requestIdentifier>",
    )


def test_a_requester_gets_a_consultation_number(asker: Asker) -> None:
    question = Question(NUMBER, requester=Number("DE", "129273398"))
    body = _approx(
        "<traderName>A</traderName><traderCompanyType>---</traderCompanyType>"
        "<traderAddress>B\nC</traderAddress>"
    )
    answer = asker.ask(question, body=body)
    assert (answer.outcome, answer.consultation_number) == (Outcome.VALID, "WAPIAAAAX1")
    assert (answer.name, answer.address, answer.matches.name) == ("A", "B\nC", None)
    assert b"requesterCountryCode>DE</" in answer.sent
    assert b"requesterVatNumber>129273398</" in answer.sent


def test_without_a_consultation_number_there_is_none(asker: Asker) -> None:
    question = Question(NUMBER, requester=Number("DE", "129273398"))
    body = _approx("").replace(b"WAPIAAAAX1", b"")
    assert asker.ask(question, body=body).consultation_number is None


def test_a_requester_whom_vies_does_not_know_is_left_out(asker: Asker) -> None:
    question = Question(NUMBER, requester=Number("GB", "980780684"))
    answer = asker.ask(question, body=response("<valid>true</valid>"))
    assert (answer.outcome, answer.question) == (Outcome.VALID, question)
    assert b"980780684" not in answer.sent


def test_what_a_member_state_marks_wrong_is_not_told(asker: Asker) -> None:
    trader = Trader("A", "ES-1", "Street", "28430", "Madrid")
    body = _approx(
        "<traderName>A</traderName><traderCompanyType>ES-1</traderCompanyType>"
        "<traderStreet>Street</traderStreet><traderPostcode>28430</traderPostcode>"
        "<traderCity>Madrid</traderCity><traderNameMatch>2</traderNameMatch>"
        "<traderCompanyTypeMatch>3</traderCompanyTypeMatch><traderStreetMatch>2</traderStreetMatch>"
        "<traderPostcodeMatch>1</traderPostcodeMatch><traderCityMatch>1</traderCityMatch>"
    )
    answer = asker.ask(Question(NUMBER, trader=trader), body=body)
    assert (answer.name, answer.address) == (None, "28430 Madrid")
    matches: list[Match | None] = [
        answer.matches.name,
        answer.matches.company_type,
        answer.matches.street,
        answer.matches.postcode,
        answer.matches.city,
    ]
    assert matches == ["invalid", "not_processed", "invalid", "valid", "valid"]
    for element in (b"traderName>A<", b"traderCompanyType>ES-1<", b"traderCity>Madrid<"):
        assert element in answer.sent


def test_marks_that_nobody_asked_for_are_left_out(asker: Asker) -> None:
    question = Question(NUMBER, requester=Number("DE", "129273398"))
    body = _approx("<traderName>A</traderName><traderNameMatch>3</traderNameMatch>")
    assert asker.ask(question, body=body).matches.name is None


@pytest.mark.parametrize("trader", [Trader(), Trader(name=""), Trader(name=" \x00\x1f")])
def test_an_empty_trader_is_none(asker: Asker, trader: Trader) -> None:
    answer = asker.ask(Question(NUMBER, trader=trader), body=response())
    assert b"checkVatApprox" not in answer.sent


@pytest.mark.parametrize(
    "name",
    ["<&>\"']]>", "a\x00\x08\x0b\ufffe\ud800b", "Čevljar & sinovi, d.o.o.", "日本\U0001f600"],
)
def test_any_name_can_be_asked_about(asker: Asker, name: str) -> None:
    answer = asker.ask(Question(NUMBER, trader=Trader(name=name)), body=_approx(""))
    assert answer.outcome is Outcome.VALID
