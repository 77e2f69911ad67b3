"""What was played already: a book of parts, so that hours of work can be interrupted and go on.

Every part that is played to its end writes a line (JSON) into `var/chaos.log`, or wherever
`GATEWAY_CHAOS_LOG` says: what, from where to where, how long, what was reached, what was wrong,
and of which code that is true. With `GATEWAY_CHAOS_RESUME=1` a part that ended well with the same
code is not played again. `python -m tests.chaos.ledger` adds it all up.
"""

import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from gateway.kit import clock

_HOME = Path(__file__).parents[2]
_CODE = ("gateway", "formats", "countries", "tests/chaos")


@dataclass
class Part:
    """A part of a campaign at work.

    Attributes:
        what: The campaign.
        first: Its first seed or moment.
        last: The one after its last.
        seconds: How long it took; 0 before its end.
        before: It was played before, and ended well.
    """

    what: str
    first: int
    last: int
    seconds: float = 0
    before: bool = False
    began: float = field(default_factory=time.monotonic)

    def end(self, played: int, wrong: Mapping[Any, Sequence[str]], **more: object) -> None:
        """Write down how it ended."""
        self.seconds = time.monotonic() - self.began
        line = {
            "at": clock.now().isoformat(timespec="seconds"),
            "code": code(),
            "what": self.what,
            "first": self.first,
            "last": self.last,
            "played": played,
            "seconds": round(self.seconds, 1),
            "wrong": {str(name): list(found) for name, found in wrong.items()},
            **more,
        }
        place = _place()
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a") as book:
            book.write(json.dumps(line) + "\n")

    @property
    def figures(self) -> dict[str, str]:
        """What is to be printed of it at the end of the run."""
        size = self.last - self.first
        rate = f"{size / self.seconds:.1f}" if self.seconds else "played before"
        done = sum(line["played"] for line in played(self.what))
        return {
            "part": f"{self.first}:{self.last}",
            "per_second": rate,
            "played_so_far": str(done),
        }


def begin(what: str, first: int, last: int) -> Part:
    """Begin a part; one that need not be played again says so."""
    before = os.environ.get("GATEWAY_CHAOS_RESUME") == "1" and any(
        (line["first"], line["last"]) == (first, last)
        for line in played(what)
        if not line["wrong"]
    )
    return Part(what, first, last, before=before)


def parts(whole: range, size: int) -> list[range]:
    """Cut into parts what `GATEWAY_CHAOS_RANGE` (`2000:4000`) leaves of the whole."""
    first, _, last = os.environ.get("GATEWAY_CHAOS_RANGE", ":").partition(":")
    chosen = whole[int(first or 0) : int(last or len(whole))]
    return [chosen[start : start + size] for start in range(0, len(chosen), size)]


def name(part: range) -> str:
    """Return how tests call a part."""
    return f"{part.start}-{part.stop}"


def played(what: str, *, any_code: bool = False) -> Iterator[dict[str, Any]]:
    """Yield what the book says of a campaign, with the code there is now."""
    place = _place()
    if place.exists():
        for text in place.read_text().splitlines():
            line = json.loads(text)
            if line["what"] == what and (any_code or line["code"] == code()):
                yield line


@cache
def code() -> str:
    """Return the digest of all code that a result depends on."""
    files = (path for folder in _CODE for path in (_HOME / folder).rglob("*"))
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in {".py", ".sql"}):
        digest.update(f"{path.relative_to(_HOME)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _place() -> Path:
    return Path(os.environ.get("GATEWAY_CHAOS_LOG", _HOME / "var" / "chaos.log"))


def main() -> None:
    """Print the sums of the book, by campaign and code."""
    lines = [json.loads(text) for text in _place().read_text().splitlines()]
    for what, digest in sorted({(line["what"], line["code"]) for line in lines}):
        own = [line for line in lines if (line["what"], line["code"]) == (what, digest)]
        reached: Counter[str] = Counter()
        for line in own:
            reached.update(line.get("reached", {}))
        wrong = {key: found for line in own for key, found in line["wrong"].items()}
        counts = ", ".join(f"{name} {count}" for name, count in sorted(reached.items()))
        sys.stdout.write(
            f"{what} with {digest}: {sum(line['played'] for line in own)} played in "
            f"{sum(line['seconds'] for line in own):.0f} s; reached: {counts}; wrong: {wrong}\n"
        )


if __name__ == "__main__":
    main()
