"""The stories of `examples/`, as a reader runs them: scripts over HTTP against a real gateway."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from gateway.demo.server import Server

EXAMPLES = Path(__file__).parents[2] / "examples"
STORIES = sorted(path.name for path in EXAMPLES.glob("*.py") if path.name != "calling.py")


@pytest.fixture
def new_account(server: Server) -> str:
    """The key of an account that nobody else uses."""
    command = ["api-keys", "create", "--account", f"Platform {uuid4()}"]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "gateway.cli", *command],
        env=server.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.split()[-1]


def test_there_are_three() -> None:
    assert STORIES == ["marketplace.py", "onboard_a_customer.py", "quick_start.py"]


def test_the_quick_start_is_three_calls() -> None:
    text = (EXAMPLES / "quick_start.py").read_text(encoding="utf-8")
    assert text.count(".post(") == 3


@pytest.mark.parametrize("story", STORIES)
def test_an_example_does_what_it_says(server: Server, new_account: str, story: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, story],
        cwd=EXAMPLES,
        env={**os.environ, "GATEWAY_URL": server.url, "GATEWAY_KEY": new_account},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "    " in done.stdout  # it checked something
