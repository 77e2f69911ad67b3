"""Every type of event that the code appends is in the catalogue."""

import ast
import re
from collections.abc import Iterator

from gateway.webhooks.catalogue import CATALOGUE, matches, names_of, wanted_name
from tests.architecture.sources import python_files

NAME = re.compile(r"[a-z_]+\.[a-z_]+(?:\.[a-z_]+)?")


def _appended() -> Iterator[tuple[str, str]]:
    """Yield where an event is appended, and a pattern of its type."""
    for file in python_files("gateway"):
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and _appends(node):
                for value in (one.value for one in node.keywords if one.arg == "type"):
                    pattern = _pattern(value)
                    if pattern is not None:
                        yield f"{file.name}:{node.lineno}", pattern
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Step" and node.args:
                pattern = _pattern(node.args[0])
                if pattern is not None:
                    yield f"{file.name}:{node.lineno}", pattern


def _appends(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return name.endswith(("events.append", "service.append")) or name in {"Step", "append"}


def _pattern(value: ast.expr) -> str | None:
    """Return a regular expression of what an expression can be; None where it says nothing."""
    if isinstance(value, ast.Constant):
        return re.escape(str(value.value))
    if isinstance(value, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+"
            for part in value.values
        )
    if isinstance(value, ast.IfExp):
        return f"(?:{_pattern(value.body)}|{_pattern(value.orelse)})"
    return None


def test_what_is_appended_is_in_the_catalogue() -> None:
    found = list(_appended())
    assert len(found) >= 8
    unknown = [
        f"{where}: {pattern}"
        for where, pattern in found
        if not any(re.fullmatch(pattern, name) for name in CATALOGUE)
    ]
    assert not unknown, "tell what it means in gateway/webhooks/catalogue.py"


def test_names_and_descriptions_are_words() -> None:
    for name, one in CATALOGUE.items():
        assert NAME.fullmatch(name)
        assert one.description.endswith(".")
        assert one.description[0].isupper() or one.description.startswith("`")


def test_patterns() -> None:
    assert matches("*", "invoice.paid")
    assert matches("invoice.*", "invoice.paid")
    assert not matches("invoice.*", "invoices.paid")
    assert not matches("invoice.paid", "invoice.paid.late")
    assert matches("e_invoicing.*", "e_invoicing.submission.failed")


def test_an_event_goes_by_the_first_of_its_names_that_was_asked_for() -> None:
    cases = {
        ("transmission.queued", ""): "created",
        ("transmission.failed_permanent", ""): "failed",
        ("transmission.verdict", "rejected"): "failed",
        ("transmission.verdict", "accepted"): "delivered",
    }
    for (event_type, regulatory), word in cases.items():
        names = names_of(event_type, {"regulatory": regulatory})
        assert wanted_name(["*"], names) == event_type
        assert wanted_name(["e_invoicing.*"], names) == f"e_invoicing.submission.{word}"
        assert wanted_name(["invoice.*"], names) is None
    assert names_of("transmission.verdict", {}) == ("transmission.verdict",)
