"""What comes from outside is read as what it is, or refused."""

import pytest

from formats.binding import Trace
from formats.ksef import read, write
from formats.reading import read as read_any
from formats.xml import UnreadableDocumentError
from tests.formats.ksef.polish import ordinary

GOOD = write(ordinary())


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<Faktura", b"<!DOCTYPE Faktura><Faktura", "doctype"),
        (b"/2025/06/25/13775/", b"/2029/06/25/99999/", "unknown-root"),
        (b"/2025/06/25/13775/", b"/2023/06/29/12648/", "unknown-root"),
        (b"<P_1>2026-11-20", b"<P_1>2026-02-30", "invalid-value"),
        (b"<P_1>2026-11-20", b"<P_1>20261120", "invalid-value"),
        (b"<P_15>1230.00", b"<P_15>1E3", "not-a-decimal"),
        (b"<P_11>1000.00", b"<P_11>NaN", "not-a-decimal"),
        (b"<P_13_1>1000.00", b"<P_13_1>1" + b"0" * 100, "invalid-value"),
    ],
)
def test_what_is_no_fa3_is_refused(old: bytes, new: bytes, code: str) -> None:
    document = GOOD.replace(old, new, 1)
    assert document != GOOD
    with pytest.raises(UnreadableDocumentError) as caught:
        read(document)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "addition",
    [
        b"<P_2>OTHER</P_2>",  # a second one: the first counts
        b"<Unknown>x</Unknown>",
        b'<P_2 xmlns="urn:other">OTHER</P_2>',
    ],
)
def test_what_the_schema_does_not_know_is_told_and_changes_nothing(addition: bytes) -> None:
    trace = Trace()
    document = GOOD.replace(b"<RodzajFaktury>", addition + b"<RodzajFaktury>", 1)
    assert read(document, trace) == read(GOOD)
    assert len(trace.unread) == 1
    assert len(read_any(document).losses) == 1


def test_comments_do_not_split_a_value() -> None:
    split = GOOD.replace(b"<P_2>FV/1", b"<P_2>FV<!-- x -->/1", 1)
    assert split != GOOD
    assert read(split) == read(GOOD)
