"""VIES over SOAP, with zeep. The only module that knows zeep, and it gives it no socket.

zeep writes the question and reads the answer, by our own WSDL; `wire` carries the bytes. So the
limits of time and size, TLS and the kept evidence are ours, and threads share nothing but what
never changes. An answer counts only if it is about the number that was asked.
"""

import datetime
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import cast

import zeep
from lxml import etree
from zeep.helpers import serialize_object
from zeep.wsdl.bindings.soap import Soap11Binding

from countries.eu import MEMBERS, vat_prefix
from countries.party_numbers import vat_key
from gateway.kit.exchange import Client
from gateway.kit.outbound import Target
from gateway.vies.answers import Answer, Fault, Matches, Number, Outcome, Question, Trader
from gateway.vies.envelope import Checked, check
from gateway.vies.told import Told, told
from gateway.vies.wire import Reply, UnansweredError, http_client, post

ADDRESS = "https://ec.europa.eu/taxation_customs/vies/services/checkVatService"
TEST_ADDRESS = "https://ec.europa.eu/taxation_customs/vies/services/checkVatTestService"
"""Answers by the number alone: 100 is in force, 200 is not, others are faults."""

PREFIXES = frozenset(
    {vat_prefix(code) for code, (_, until) in MEMBERS.items() if until is None} | {"XI"}
)
"""What VIES answers about: the member states and Northern Ireland, not Great Britain."""

_WSDL = ("own", "vies", "checkVatService.wsdl")
_BINDING = "{urn:ec.europa.eu:taxud:vies:services:checkVat}checkVatBinding"
_HEADERS = {"content-type": "text/xml; charset=utf-8", "soapaction": '""', "accept": "text/xml"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ViesSoap:
    """Asks VIES. One for all threads."""

    name = "vies"

    def __init__(self, address: str = ADDRESS, *, http: Client | None = None) -> None:
        """Read our WSDL.

        Args:
            address: Where the service listens.
            http: With other limits of time or other trust than `wire.http_client` has by itself.

        Raises:
            TargetError: The address cannot be one.
        """
        self._target = Target.parse(address)
        self._http = http or http_client()
        self._client = zeep.Client(  # type: ignore[no-untyped-call]
            io.BytesIO(resources.files("schemas").joinpath(*_WSDL).read_bytes()),
            transport=_Nowhere(),
            settings=zeep.Settings(
                strict=True, forbid_dtd=True, forbid_entities=True, forbid_external=True
            ),
        )
        self._service = self._client.service  # made now, and not by two threads at once
        self._binding = cast("Soap11Binding", self._client.wsdl.bindings[_BINDING])

    def serves(self, number: Number) -> bool:
        """Tell whether VIES answers about numbers with that prefix."""
        return number.prefix in PREFIXES

    def ask(self, question: Question, *, now: datetime.datetime) -> Answer:
        """Ask once; see `NumberService.ask`.

        A requester whose own number VIES does not serve is left out, and with him the consultation
        number. VIES's `INVALID_INPUT` is unknown, as every fault is: it says that the form is not
        taken, and VIES also says it of countries that it does not serve.
        """
        operation, parameters = self._parameters(question)
        envelope = self._client.create_message(  # type: ignore[no-untyped-call]
            self._service, operation, **parameters
        )
        sent = etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
        reply: Reply | None = None
        try:
            reply = post(self._http, self._target, _HEADERS, sent)
            answer = self._read(check(reply, operation), operation, question.number)
        except UnansweredError as error:
            return Answer(
                question=question,
                outcome=Outcome.UNKNOWN,
                service=self.name,
                asked_at=now,
                fault=error.fault,
                detail=error.detail,
                retry_after=None if reply is None else reply.retry_after(now),
                sent=sent,
                received=b"" if reply is None else reply.body,
            )
        return Answer(
            question=question,
            outcome=Outcome.VALID if answer.valid else Outcome.INVALID,
            service=self.name,
            asked_at=now,
            request_date=answer.request_date,
            consultation_number=answer.consultation_number,
            name=answer.name,
            address=answer.address,
            matches=answer.matches if _trader(question.trader) else Matches(),
            sent=sent,
            received=reply.body,
        )

    def _parameters(self, question: Question) -> tuple[str, dict[str, str]]:
        """Return the operation to call and its elements."""
        number, requester = question.number, question.requester
        parameters = {"countryCode": number.prefix, "vatNumber": number.digits}
        trader = _trader(question.trader)
        asks_for_proof = requester is not None and self.serves(requester)
        if not trader and not asks_for_proof:
            return "checkVat", parameters
        parameters |= trader
        if requester is not None and asks_for_proof:
            parameters["requesterCountryCode"] = requester.prefix
            parameters["requesterVatNumber"] = requester.digits
        return "checkVatApprox", parameters

    def _read(self, checked: Checked, operation: str, number: Number) -> Told:
        """Let zeep read a checked answer.

        Raises:
            UnansweredError: zeep reads something else, or the answer is about another number.
        """
        try:
            asked = self._binding.get(operation)  # type: ignore[no-untyped-call]
            result = self._binding.process_reply(  # type: ignore[no-untyped-call]
                self._client, asked, _Response(checked.content)
            )
            answer = told(serialize_object(result, dict))  # type: ignore[no-untyped-call]
        except Exception as error:  # noqa: BLE001 - whatever zeep trips over, it is no answer
            detail = f"The answer cannot be read: {type(error).__name__}: {error}"
            raise UnansweredError(Fault.BAD_ANSWER, detail) from None
        if answer.valid is not checked.valid:
            raise UnansweredError(Fault.BAD_ANSWER, "The answer can be read in two ways.")
        if _key(answer.number) != _key(number):
            detail = f"The answer is about {answer.number.written}, not {number.written}."
            raise UnansweredError(Fault.BAD_ANSWER, detail)
        return answer


class _Nowhere:
    """The transport that zeep is given: there is nothing to load, and it sends nothing itself."""

    def load(self, url: str) -> bytes:
        """Refuse; our WSDL names no other file."""
        raise ValueError(f"nothing is loaded: {url}")


@dataclass(frozen=True, slots=True)
class _Response:
    """As much of an HTTP response as zeep looks at."""

    content: bytes
    status_code: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/xml"})
    encoding: str = "utf-8"


def _trader(trader: Trader | None) -> dict[str, str]:
    """Return the elements for what the asker believes of the holder, none that is empty."""
    if trader is None:
        return {}
    elements = {
        "traderName": trader.name,
        "traderCompanyType": trader.company_type,
        "traderStreet": trader.street,
        "traderPostcode": trader.postcode,
        "traderCity": trader.city,
    }
    texts = {name: _NOT_XML.sub("", value or "").strip() for name, value in elements.items()}
    return {name: text for name, text in texts.items() if text}


def _key(number: Number) -> str:
    """Return a number for comparing; an echo may have spaces, small letters, or GR for EL."""
    key = vat_key(number.written)
    return f"EL{key[2:]}" if key.startswith("GR") else key
