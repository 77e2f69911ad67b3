"""Single values of settings, and what is checked of each."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from stdnum import iban
from stdnum.exceptions import ValidationError as NumberError

from formats.en16931.codes.currencies import CURRENCIES
from formats.en16931.group import Text
from formats.pdf.language import LOCALES
from formats.registry import PROFILES
from gateway import number_patterns
from gateway.compliance.profiles import listed


def _profile(name: str) -> str:
    if name not in PROFILES:
        raise ValueError(f"is no profile; there are {listed()}")
    return name


def _currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError('is no currency of ISO 4217, e.g. "EUR"')
    return code


_LOCALE = re.compile(r"([a-z]{2})(?:[-_]([A-Z]{2}))?")


def _locale(text: str) -> str:
    match = _LOCALE.fullmatch(text)
    if match is None or match[1] not in LOCALES:
        raise ValueError(f"is no language we write: {', '.join(LOCALES)}, also as de-AT")
    return text.replace("_", "-")


def _pattern(text: str) -> str:
    if (reason := number_patterns.problem_with(text)) is not None:
        raise ValueError(reason)
    return text


def _iban(text: str) -> str:
    try:
        return str(iban.validate(text))
    except NumberError as error:
        raise ValueError(f"is no IBAN: {error}".rstrip(".")) from None


_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def _bic(text: str) -> str:
    if not _BIC.fullmatch(compact := text.replace(" ", "").upper()):
        raise ValueError("is no BIC (ISO 9362): 8 or 11 letters and digits")
    return compact


def _mail_address(text: str) -> str:
    name, at, domain = text.partition("@")
    if not (name and at and "." in domain) or re.search(r"[\s<>,;@]", name + domain):
        raise ValueError("is no e-mail address")
    return text


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme != "https" or not host or parts.username is not None or re.search(r"\s", text):
        raise ValueError("is no address that begins with https://")
    return text


Profile = Annotated[str, AfterValidator(_profile)]
Iban = Annotated[Text, AfterValidator(_iban), Field(max_length=60)]
Bic = Annotated[Text, AfterValidator(_bic), Field(max_length=20)]
Locale = Annotated[Text, AfterValidator(_locale), Field(examples=["sl"])]
CurrencyCode = Annotated[Text, AfterValidator(_currency), Field(examples=["EUR"])]
Pattern = Annotated[Text, AfterValidator(_pattern), Field(examples=["{yyyy}/{seq:3}"])]
Line = Annotated[Text, AfterValidator(str.strip), Field(min_length=1, max_length=200)]
Paragraph = Annotated[Text, Field(max_length=2000)]
MailAddress = Annotated[Text, AfterValidator(_mail_address), Field(max_length=254)]
WebAddress = Annotated[Text, AfterValidator(_web_address), Field(max_length=2000)]
Days = Annotated[int, Field(strict=True, ge=0, le=3650)]
Threshold = Annotated[int, Field(strict=True, ge=0, le=365)]
First = Annotated[int, Field(strict=True, ge=1, lt=10**12)]
