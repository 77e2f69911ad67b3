"""The lines of elements, beside what expat says while it reads."""

import random
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.validation.runtime.lines import Lines

PARTS = st.recursive(
    st.sampled_from(
        [
            "",
            "text",
            "what? that!",
            " > ",
            "\n",
            "\r",
            "\r\n",
            "<!-- <a> \n -->",
            "<![CDATA[<a>\n]]>",
            "<?p <a>\n?>",
            "<e/>",
            "<e\n  b='!>?>'/>",
            '<e b="\n&lt;"\n/>',
        ]
    ),
    lambda inner: st.lists(inner, max_size=5).map(lambda each: f"<n>{''.join(each)}</n>\n"),
    max_leaves=40,
)


def expected(content: bytes) -> list[int]:
    found: list[int] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda *_: found.append(parser.CurrentLineNumber)
    parser.Parse(content, True)  # noqa: FBT003 - expat's own signature
    return found


@given(
    before=st.sampled_from(["", "<?xml version='1.0'?>\n", "<!-- <x> -->\r\n", "<?p?>\n"]),
    parts=PARTS,
    seed=st.integers(0, 1000),
)
def test_lines_are_those_of_expat_in_whatever_order_they_are_asked(
    before: str, parts: str, seed: int
) -> None:
    content = f"{before}<r>{parts}</r>".encode()
    every = expected(content)
    asked = list(range(len(every))) * 2
    random.Random(seed).shuffle(asked)  # noqa: S311 - no secret
    lines = Lines(content)
    assert [lines.line(order) for order in asked] == [every[order] for order in asked]


def test_an_element_that_is_not_there_has_no_line() -> None:
    with pytest.raises(IndexError):
        Lines(b"<a/>").line(1)
