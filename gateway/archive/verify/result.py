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
class VerificationResult:
    """The verdict over one bundle.

    Attributes:
        problems: Everything that is wrong inside the bundle; empty means intact.
        authentic: Whether the key that the caller trusts signed it. None: no key was given, so the
            bundle is judged by the key it carries, which a forger could have replaced.
        consistent: Whether the log of this bundle continues the older checkpoint the caller holds.
            None: none was given, or the bundle holds no proof from there.
        remarks: What a reader should know: why `authentic` or `consistent` is not True.
        document: `document.json`, empty when unreadable.
        evidence: The files of the evidence set.
        origin: Name of the log.
        log_size: Leaves of the log at the bundle's checkpoint.
        log_key: Verifier key in the bundle.
    """

    problems: tuple[Problem, ...]
    authentic: bool | None = None
    consistent: bool | None = None
    remarks: tuple[str, ...] = ()
    document: Mapping[str, object] | None = None
    evidence: tuple[Evidence, ...] = ()
    origin: str | None = None
    log_size: int | None = None
    log_key: str | None = None

    @property
    def ok(self) -> bool:
        """Integrity: every byte is as the signer of the bundle wrote it. Says nothing of who."""
        return not self.problems

    @property
    def passed(self) -> bool:
        """Intact, and nothing the caller asked for was answered with no."""
        return self.ok and self.authentic is not False and self.consistent is not False
