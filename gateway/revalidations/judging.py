"""One archived document judged again: its bytes as they lie in the archive, and nothing of a row.

It is done as it was done then: an issued document as at issue, a received one as at its arrival.
"""

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from countries.base import Country
from countries.registry import COUNTRIES
from formats import xml
from formats.en16931 import Invoice
from formats.findings import Layer, LayerOutcome, Outcome
from formats.findings import Report as Judgement
from formats.profile import Profile
from formats.registry import PROFILES
from formats.validation.document import LENIENT
from formats.validation.layers import XML_LAYER, unreadable
from formats.validation.recognition import recognise
from gateway.compliance.national import with_national_layer
from gateway.compliance.validation import Installation, Validator
from gateway.documents import commercial
from gateway.inbox.reading import read_document
from gateway.kinds import DocumentKind
from gateway.revalidations.verdicts import Report
from gateway.validations.views import finding_json, layer_json
from schemas.manifest import Manifest

_NOON = datetime.time(12, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Archived:
    """What the archive holds of a document.

    Attributes:
        content: The bytes, their digest checked.
        media_type: As archived.
        report: The validation report of then; None where none was made.
    """

    content: bytes
    media_type: str
    report: Report | None


class Judge(Protocol):
    """Judges by the rules of a day."""

    @property
    def manifest(self) -> Manifest:
        """Which rules are known here, and from when to when they are in force."""

    def issued(
        self, archived: Archived, day: datetime.date | None
    ) -> tuple[datetime.date, Report]:
        """Judge an issued document; return the day, its own where None is given, and the report.

        Raises:
            UndatedError: It is asked for its own day, and says none.
        """

    def received(self, archived: Archived, day: datetime.date) -> Report:
        """Judge a received document."""


class UndatedError(Exception):
    """A document says no day that could be read."""


class Bench:
    """The judge of one job, with a validator whose clock stands at the day that is asked for.

    Official rules may compare with the current date; so that the same question has the same
    answer tomorrow, that is noon (UTC) of the day whose rules judge.

    Args:
        opened: Makes the validator, given its clock.
    """

    def __init__(self, opened: Callable[[Callable[[], datetime.datetime]], Validator]) -> None:
        self._moment = datetime.datetime.combine(datetime.date(2000, 1, 1), _NOON)
        self._validator = opened(lambda: self._moment)

    @classmethod
    def of(cls, place: Installation) -> "Bench":
        """Return the judge of an installation."""
        return cls(lambda now: Validator.open(place, now))

    @property
    def manifest(self) -> Manifest:
        """Which rules are known here, and from when to when they are in force."""
        return self._validator.catalog.manifest

    def issued(
        self, archived: Archived, day: datetime.date | None
    ) -> tuple[datetime.date, Report]:
        """See `Judge.issued`."""
        with self._validator.started():
            if archived.media_type == commercial.MEDIA_TYPE:
                return self._commercial(archived.content, day)
            return self._fiscal(archived, day)

    def received(self, archived: Archived, day: datetime.date) -> Report:
        """See `Judge.received`."""
        self._at(day)
        return read_document(
            archived.content, archived.media_type, self._validator, today=day
        ).report

    def versions(self, named: Iterable[str]) -> list[dict[str, object]]:
        """Return all versions that this installation knows of what judged, and what is here.

        Args:
            named: Ids and families of layers; what is no official file is passed over.
        """
        catalog = self._validator.catalog
        families = {
            family
            for one in named
            for family in (one, one.rpartition(":")[0])
            if family and catalog.manifest.family(family)
        }
        return [
            {
                "id": each.id,
                "in_force_from": each.in_force_from.isoformat(),
                "in_force_until": each.in_force_until and each.in_force_until.isoformat(),
                "installed": catalog.availability(each).available,
            }
            for family in sorted(families)
            for each in catalog.manifest.family(family)
        ]

    def close(self) -> None:
        """Let go of the validator."""
        self._validator.close()

    def _at(self, day: datetime.date) -> None:
        self._moment = datetime.datetime.combine(day, _NOON)

    def _fiscal(
        self, archived: Archived, day: datetime.date | None
    ) -> tuple[datetime.date, Report]:
        content = archived.content
        try:
            found = recognise(xml.parse(content, encodings=LENIENT)).profile
        except xml.UnreadableDocumentError as error:
            read = LayerOutcome(XML_LAYER, Outcome.RAN, layer=Layer.XSD)
            return _own(day, None), _json(Judgement((read,), (unreadable(error),)))
        then = _layers(archived.report)
        profile = found and _as_then(found, then)
        if profile is None:
            reason = "nothing here judges such documents any more"
            gone = LayerOutcome("formats.registry:profile", Outcome.NOT_JUDGED, reason=reason)
            return _own(day, None), _json(Judgement((gone,)))
        invoice = _read(profile, content)
        asked = _own(day, invoice)
        self._at(asked)
        report = self._validator.validate(content, profile, asked)
        if invoice is not None:
            report = with_national_layer(report, _country(then), invoice)
        return asked, _json(report)

    @staticmethod
    def _commercial(content: bytes, day: datetime.date | None) -> tuple[datetime.date, Report]:
        """Judge a document that is no invoice; only our own rules know it, whatever the day."""
        value = json.loads(content)
        kind = DocumentKind(value.pop("kind"))
        invoice = Invoice.model_validate(value)
        return _own(day, invoice), _json(commercial.judge(kind, invoice))


def _own(day: datetime.date | None, invoice: Invoice | None) -> datetime.date:
    found = day or (None if invoice is None else invoice.issue_date)
    if found is None:
        raise UndatedError
    return found


def _read(profile: Profile, content: bytes) -> Invoice | None:
    try:
        return profile.read(content)
    except xml.UnreadableDocumentError:
        return None  # the report says why: the layer of reading does the same


def _layers(report: Report | None) -> tuple[str, ...]:
    return () if report is None else tuple(layer["id"] for layer in report["layers"])


def _as_then(found: Profile, layers: Iterable[str]) -> Profile:
    """Return the profile that judged then, of those that say the same of themselves.

    Factur-X calls itself EN 16931 and has rule sets of its own: the archived report names them.
    """
    families = {one.rpartition(":")[0] for one in layers}
    alike = [
        each
        for each in PROFILES.values()
        if (each.syntax, each.customization_id) == (found.syntax, found.customization_id)
    ]
    fits = [each for each in alike if families.issuperset(each.rule_sets)]
    return found if found in fits or not fits else fits[0]


def _country(layers: Iterable[str]) -> Country | None:
    """Return the country whose law judged then: the archived report names its layer."""
    for one in layers:
        if one.startswith("countries."):
            return COUNTRIES.get(one.removeprefix("countries.").partition(":")[0].upper())
    return None


def _json(report: Judgement) -> Report:
    return {
        "layers": [layer_json(layer) for layer in report.layers],
        "findings": [finding_json(finding) for finding in report.findings],
    }
