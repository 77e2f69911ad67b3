"""The way to UJP, where Slovenia's public bodies take invoices: a directory of the operator.

Suppliers reach UJP through their bank or a provider who has a contract with it. A program of the
operator takes packages (`formats/eslog/package.py`) out of the directory (`directories.py`), hands
them over, and puts back what came of them as `<stem>.<anything>.json`:

    {"status": "prevzet", "opis": "", "id": "a number that UJP gave"}

`status` is one of UJP's own words for a received e-invoice (UJPnet, notice of 2014-12-31: nov,
prevzet, potrjen, zavrnjen). What did not get as far as the buyer is told as
`{"napaka": {"koda": "...", "opis": "..."}}`.
"""

from datetime import timedelta

from typing_extensions import override

from gateway.channels.directories import Directory, Heard, text_of
from gateway.channels.file_drop import Note
from gateway.transmissions.conduct import Conduct, Shape
from gateway.transmissions.errors import Refused, Unknown

CHANNEL = "si-ujp"
TEST_CHANNEL = "si-ujp-test"
"""For entities of the sandbox: a directory of its own, the provider's test system behind it."""

NUMBER = "ujp-number"
"""The kind of name that UJP's number of an e-invoice is."""

CONDUCT = Conduct(
    shape=Shape.POLL,
    resend_is_safe=True,  # a name is put out once
    settle=timedelta(seconds=1),
    deadline=timedelta(days=30),
    verdict_within=timedelta(days=2),
    response_within=timedelta(days=60),
    usual_answer=timedelta(hours=1),
    first_ask=timedelta(minutes=1),
    longest_ask=timedelta(hours=6),
)


class SiUjp(Directory):
    """The adapter."""

    usual = CONDUCT
    table = CHANNEL
    suffix = "zip"
    word = "ujp"

    @override
    def read(self, note: Note) -> Heard:
        """Return what UJP, or who leads there, says; see `Directory`."""
        said = self.said(note)
        if (wrong := said.get("napaka")) is not None:
            code = text_of(wrong, "koda") or "error"
            detail = text_of(wrong, "opis") or "UJP did not take it"
            raise Refused(f"ujp_{code}", detail, evidence=[self.kept(note)])
        status, number = text_of(said, "status"), text_of(said, "id")
        if status is None and number is None:
            detail = f"{note.name} has neither status nor id"
            raise Unknown("invalid_answer", detail, evidence=[self.kept(note)])
        known = {} if number is None else {NUMBER: number}
        return Heard(() if status is None else (status.lower(),), known, taken=True)
