"""What is logged is one line each, and no secret, whatever strangers wrote."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gateway.kit import logs
from gateway.tenants.keys import Key
from gateway.tenants.tokens import InvitationToken, LinkToken, SessionToken
from tests.hostile_strings import STRINGS

ROOT = Path(__file__).parents[3]
WRITER = """
import json, logging, sys
import structlog
from gateway.kit import logs

logs.configure()
for text in json.load(sys.stdin):
    structlog.get_logger().info("said", text=text)
    logging.getLogger("library").warning("said %s", text)
"""


def test_each_text_is_one_line_of_ascii_and_comes_back() -> None:
    texts = [*STRINGS, "a\u2028b\u2029c\x85d\x0be\x1b[31mred", '{"event":"forged"}\n{}']
    done = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", WRITER],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    lines = done.stderr.splitlines()
    assert done.stderr.isascii()
    assert len(lines) == 2 * len(texts)
    read = [json.loads(line) for line in lines]
    assert [one["text"] for one in read[::2]] == texts
    assert [one["event"] for one in read[1::2]] == [f"said {text}" for text in texts]


def test_a_private_key_in_a_text_is_hidden() -> None:
    body = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg"
    for word in ("PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"):
        for text in (
            f"-----BEGIN {word}-----\n{body}\n-----END {word}-----",
            f"-----BEGIN {word}-----\n{body}",
        ):
            said = logs.hide_secrets(
                None, "info", {"event": f"read {text}", "pkcs12": body, "pin": "1"}
            )
            assert body not in str(said)
            assert said["pin"] == "[hidden]"


@pytest.mark.parametrize(
    "secret",
    [
        Key.new("live").text,
        SessionToken.new().text,
        LinkToken.new().text,
        InvitationToken.new().text,
    ],
    ids=["key", "session", "link", "invitation"],
)
def test_a_secret_in_a_text_is_hidden(secret: str) -> None:
    said = logs.hide_secrets(None, "info", {"event": f"GET /embed?token={secret} failed"})
    assert secret[-40:] not in str(said)
    assert "[hidden]" in str(said)


def test_a_shared_link_is_hidden() -> None:
    token = "aB3_-" * 8 + "xyz"
    said = logs.hide_secrets(None, "info", {"event": f"GET /s/{token}/pdf failed"})
    assert said["event"] == "GET /s/[hidden]/pdf failed"
