"""One call as the operations see it."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef.office import Office
from gateway.sandbox.ksef.shelf import Json


@dataclass(slots=True)
class Ask:
    """A call of an operation.

    Attributes:
        office: The authority.
        call: As it came.
        values: Of its path.
        now: The moment.
        login: Whose token it carries; empty where none is wanted.
    """

    office: Office
    call: Call
    values: dict[str, str]
    now: datetime.datetime
    login: Json | None = None

    @property
    def who(self) -> Json:
        """Whose token it carries."""
        assert self.login is not None  # noqa: S101 - the route wants one
        return self.login

    @property
    def context(self) -> str:
        """In whose name: `Nip:5265877635`."""
        return str(self.who["context"])

    def must(self, rule: str, *, kept: bool, details: str = "") -> None:
        """Note that a rule was looked at.

        Raises:
            RuleBrokenError: It was broken.
        """
        self.office.rulebook.must(rule, details, kept=kept)

    def body(self, *required: str) -> Json:
        """Return the body, which must have these members.

        Raises:
            RuleBrokenError: It is no JSON object, or has not.
        """
        try:
            value: Any = json.loads(self.call.body)
        except ValueError:
            value = None
        missing = [name for name in required if not isinstance(value, dict) or name not in value]
        self.must(
            "K001",
            kept=isinstance(value, dict) and not missing,
            details=f"'{missing[0]}' must not be empty." if missing else "The body is no object.",
        )
        found: Json = value
        return found

    def wrong(self, details: str) -> None:
        """Refuse the body.

        Raises:
            RuleBrokenError: Always.
        """
        raise self.office.rulebook.broken("K001", details, 400)

    def query(self, name: str, default: str = "") -> str:
        """Return a parameter of the address."""
        return parse_qs(self.call.query).get(name, [default])[0]

    def queries(self, name: str) -> list[str]:
        """Return a parameter that may come more than once."""
        return parse_qs(self.call.query).get(name, [])

    def size(self, default: int, least: int, most: int) -> int:
        """Return `pageSize`."""
        text = self.query("pageSize", str(default))
        good = text.isdigit() and least <= int(text) <= most
        self.must("K001", kept=good, details="pageSize")
        return int(text)

    def paged(self, items: list[Json], default: int, most: int) -> tuple[list[Json], str | None]:
        """Return a page of things, and the token of the next one."""
        size = self.size(default, 10, most)
        token = self.call.headers.get("x-continuation-token", "0")
        self.must("K002", kept=token.isdigit(), details=token)
        start = int(token)
        following = start + size
        return items[start:following], str(following) if following < len(items) else None

    def offset(self, items: list[Json], default: int, least: int, most: int) -> list[Json]:
        """Return a page of things by its number."""
        size = self.size(default, least, most)
        number = self.query("pageOffset", "0")
        self.must("K001", kept=number.isdigit(), details="pageOffset")
        start = int(number) * size
        return items[start : start + size]


Handler = Callable[[Ask], Reply]
