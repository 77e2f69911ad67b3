"""Saxon as what XPath 2.0 means."""

import contextlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Answer = tuple[str, object]
"""`("value", [[type, string], ...])` or `("error", message)`."""
Evaluate = Callable[[str], Answer]

DOCUMENT = """<r xmlns:p="urn:p" k="7"><a k="1">3</a><a k="2"><b>4</b><b>5</b></a><p:a>6</p:a>
<div k="3">8</div><if>9</if><a-b>2</a-b><b>4</b></r>"""

_WORKER = Path(__file__).parents[3] / "oracle" / "xpath_worker.py"


@pytest.fixture(scope="session")
def saxon() -> Iterator[Evaluate]:
    """Evaluate XPath 2.0 with DOCUMENT as the context and `p` bound to `urn:p`."""
    if importlib.util.find_spec("saxonche") is None:
        pytest.skip("the extra `oracle` is not installed")
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
        [sys.executable, str(_WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # Saxon's warnings about odd expressions
        text=True,
        encoding="utf-8",
    )
    to_saxon, from_saxon = process.stdin, process.stdout
    assert to_saxon is not None
    assert from_saxon is not None
    known: dict[str, Answer] = {}

    def evaluate(text: str) -> Answer:
        if text not in known:
            to_saxon.write(json.dumps(text) + "\n")
            to_saxon.flush()
            known[text] = next(iter(json.loads(from_saxon.readline()).items()))
        return known[text]

    to_saxon.write(json.dumps(DOCUMENT) + "\n")
    yield evaluate
    with contextlib.suppress(BrokenPipeError):
        to_saxon.close()
    process.wait(timeout=30)
    from_saxon.close()
