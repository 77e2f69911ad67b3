"""The languages of the auditors' pages: all say the same, and the browser's wish counts."""

import re
from importlib import resources
from pathlib import Path

import pytest
from starlette.requests import Request

from gateway.kinds import DocumentKind
from gateway.web.audit.speech import LANGUAGES, speech, speech_of


def test_every_language_has_the_same_words() -> None:
    folder = resources.files("gateway.web") / "audit" / "words"
    assert sorted(one.name for one in folder.iterdir()) == [f"{code}.toml" for code in LANGUAGES]
    known = set(speech("en").words)
    for code in LANGUAGES:
        assert set(speech(code).words) == known, code
        assert all(speech(code).words.values()), code


def test_every_word_is_used_and_none_is_missing() -> None:
    templates = Path(str(resources.files("gateway.web") / "templates"))
    said = "".join(one.read_text() for one in templates.glob("audit_*.html"))
    code = Path(str(resources.files("gateway.web") / "audit"))
    said += "".join(one.read_text() for one in code.glob("*.py"))
    named = set(re.findall(r"words\.(\w+)", said))
    known = set(speech("en").words)
    assert named - known - {"get"} == set()
    indirect = {
        "enter_wrong",
        "enter_over",
        "enter_ended",
        "verdict_good",
        "verdict_bad",
        "verdict_nothing",
        "gone_title",
        "gone_text",
        "busy_title",
        "busy_text",
    }
    assert [one for one in sorted(known - named - indirect) if f'"{one}"' not in said] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_kind_has_a_name(code: str) -> None:
    names = [speech(code).kind(kind) for kind in DocumentKind]
    assert len(set(names)) == len(names)
    assert speech(code).kind(None) not in names


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ("sl-SI,sl;q=0.9,en;q=0.8", "sl"),
        ("ja, HR;q=0.5", "hr"),
        ("ja", "en"),
        ("", "en"),
    ],
)
def test_the_browser_chooses(wish: str, code: str) -> None:
    headers = [(b"accept-language", wish.encode())]
    found = speech_of(Request({"type": "http", "headers": headers}))
    assert found.printed.code == code
