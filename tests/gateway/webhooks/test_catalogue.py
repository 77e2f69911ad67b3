"""The types of events: those that the code appends, no more and no less."""

import re

from gateway.webhooks.catalogue import CATALOGUE, matches, names_of, wanted_name
from tests.gateway.webhooks.appended import appended_types

NAME = re.compile(r"[a-z_]+\.[a-z_]+(?:\.[a-z_]+)?")


def test_the_catalogue_is_what_the_code_appends() -> None:
    """Every type that is appended is told of, and nothing else is."""
    told = {name for name, one in CATALOGUE.items() if not one.alias}
    assert told == set(appended_types()), "see gateway/webhooks/catalogue.py"


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
