"""What a verification found."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was exported.

    Attributes:
        where: The place, for people: member, field and bytes of the bundle file.
        what: What is wrong there.
        member: The member concerned; None for the ZIP structure as a whole.
        start: First byte of the place, counted in the bundle file; None when it has no bytes.
        end: The byte after the place.
    """

    where: str
    what: str
    member: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file of the evidence set, as its log leaf describes it."""

    member: str
    role: str
    media_type: str
    size: int
    sha256: str
    at: str
    log_index: int


@dataclass(frozen=True, slots=True)
class Whole:
    """An entity of which no document of a period is missing in the bundle.

    Attributes:
        entity: Its id.
        since: First day; None: no beginning.
        until: Last day; None: no end.
        leaves: Leaves of its log at the head that shows it.
    """

    entity: str
    since: str | None
    until: str | None
    leaves: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """A signature of somebody else that holds.

    Attributes:
        kind: `seal` of the bundle; `time-stamp` or `witness` of a head of the log.
        who: Subject of the certificate, or name of the witness. Whether it can be trusted is not
            judged, but for witnesses, whose keys the caller gave.
        at: When it was made, ISO 8601; None: nobody says.
        size: Leaves of the head; None for a seal.
    """

    kind: str
    who: str
    at: str | None
    size: int | None


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """The verdict over a bundle.

    Attributes:
        problems: Everything that is wrong inside the bundle; empty means intact.
        authentic: Whether the key that the caller trusts signed it. None: no key was given, so the
            bundle is judged by the key it carries, which a forger could have replaced.
        consistent: Whether the log of this bundle continues the older checkpoint the caller holds.
            None: none was given, or the bundle holds no proof from there.
        witnessed: Whether each witness whose key the caller gave cosigned a head of this log.
            None: no key was given.
        vouchers: What others signed, where that could be checked.
        remarks: What a reader should know: why `authentic` or `consistent` is not True.
        documents: Each `document.json` that could be read, in the order of the bundle.
        evidence: The files of their evidence sets.
        origin: Name of the log.
        log_size: Leaves of the log at the bundle's checkpoint.
        log_key: Verifier key in the bundle.
        whole: Of which entities it shows that nothing of a period is missing.
        compared: Whether the caller gave an older checkpoint, and so wants `consistent` to be so.
    """

    problems: tuple[Problem, ...]
    authentic: bool | None = None
    consistent: bool | None = None
    witnessed: bool | None = None
    vouchers: tuple[Voucher, ...] = ()
    remarks: tuple[str, ...] = ()
    documents: tuple[Mapping[str, object], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    origin: str | None = None
    log_size: int | None = None
    log_key: str | None = None
    whole: tuple[Whole, ...] = ()
    compared: bool = False

    @property
    def ok(self) -> bool:
        """Integrity: every byte is as the signer of the bundle wrote it. Says nothing of who."""
        return not self.problems

    @property
    def passed(self) -> bool:
        """Intact, and everything that the caller asked for was answered with yes."""
        asked = (self.authentic, self.consistent, self.witnessed)
        told = self.consistent is not None or not self.compared
        return self.ok and told and all(one is not False for one in asked)
