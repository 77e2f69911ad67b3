"""What others gave for heads of the log, checked again: time stamps and cosignatures."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from formats.signatures import timestamp
from formats.signatures.trust import Terms, TrustStore
from gateway.archive.anchored import Attempt
from gateway.archive.asking import AskedWitness
from gateway.archive.cosignatures import Witness, cosignatures
from gateway.archive.notes import NoteError
from gateway.kit.tenancy import TenantTransaction
from gateway.settings import Settings
from gateway.signing import stores

_TOLERANCE = datetime.timedelta(minutes=1)  # by which clocks may differ
_GIVE = frozenset({"time-stamp", "witness"})


@dataclass(frozen=True, slots=True)
class Receipts:
    """Whom this installation believes now about heads of its log.

    Attributes:
        store: Whose time stamps count; None: nobody's.
        witnesses: Whose cosignatures can be checked.
    """

    store: TrustStore | None
    witnesses: Sequence[Witness]

    @classmethod
    def of(cls, settings: Settings, tx: TenantTransaction) -> "Receipts":
        """Read the settings.

        Raises:
            NoteError: A witness cannot be read.
        """
        asked = [AskedWitness.parse(one) for one in settings.log_witnesses]
        return cls(stores.store(tx, settings.tsa_trust), [one.witness for one in asked])

    def problem(self, one: Attempt) -> str | None:
        """Return what is wrong with what was given for a head; None: nothing, or it gives nothing.

        A time stamp is judged as it was when it was given: certificates end.
        """
        if one.outcome != "done" or one.kind not in _GIVE:
            return None
        if one.receipt is None:
            return "nothing was given for it"
        if one.kind == "time-stamp":
            terms = Terms(self.store, one.at + _TOLERANCE)
            found = timestamp.check(one.receipt, one.note.encode(), terms)
            return None if found.proven is not None else found.reason
        return self._cosigned(one, one.receipt)

    def _cosigned(self, one: Attempt, line: bytes) -> str | None:
        try:
            found = cosignatures(one.note + line.decode(), self.witnesses)
        except (NoteError, UnicodeDecodeError) as error:
            return str(error)
        if any(each.witness.name == one.target for each in found):
            return None
        return f"the settings name no key of {one.target} that made it"
