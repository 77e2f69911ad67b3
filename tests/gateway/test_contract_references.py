"""No reference of the API contract leads nowhere."""

import json
from typing import Any

import pytest
from pydantic import BaseModel

from gateway import contract
from gateway.documents import links

SCHEMA = "#/components/schemas/"


def described(*references: str, **schemas: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return a document that refers to schemas, and those it has."""
    used = [{"schema": {"items": {"$ref": one}}} for one in references]
    return {"paths": {"/a": used}, "components": {"schemas": schemas}}


def test_what_leads_nowhere_is_found_once_and_in_order() -> None:
    lost = [f"{SCHEMA}Lost", f"{SCHEMA}Other", "other.json#/A", "#/components/parameters/Lost"]
    document = described(f"{SCHEMA}There", *lost, lost[0], There={"type": "string"})
    assert contract.dangling(document) == lost


def test_names_are_those_of_pointers() -> None:
    document = described(
        f"{SCHEMA}a~1b", f"{SCHEMA}a~0b", f"{SCHEMA}a~01b", **{"a/b": 1, "a~b": 2}
    )
    assert contract.dangling(document) == [f"{SCHEMA}a~01b"]


def test_a_discriminator_refers_too() -> None:
    mapping = {"one": f"{SCHEMA}One", "two": f"{SCHEMA}Two"}
    chosen = {"discriminator": {"propertyName": "kind", "mapping": mapping}}
    assert contract.dangling(described(One={}, Chosen=chosen)) == [f"{SCHEMA}Two"]


def test_a_property_that_is_called_mapping_refers_to_nothing() -> None:
    assert contract.dangling({"properties": {"mapping": {"a": 1}, "$ref": {"type": "b"}}}) == []


@pytest.mark.parametrize("arguments", [["--check"], []])
def test_no_contract_is_written_or_good_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    text = json.dumps(described(f"{SCHEMA}Lost"))
    monkeypatch.setattr(contract, "document", lambda: text)
    before = contract.PATH.read_bytes()
    assert contract.main(arguments) == 1
    assert f"{SCHEMA}Lost" in capsys.readouterr().err
    assert contract.PATH.read_bytes() == before


def test_the_contract_has_none() -> None:
    assert contract.dangling(json.loads(contract.PATH.read_text())) == []


class Place(BaseModel):
    """A model of its own, within another."""

    name: str


class Found(BaseModel):
    """Stands for links with a model of their own."""

    at: Place | None = None


def test_links_bring_the_models_that_they_refer_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "LineLinks", Found)
    monkeypatch.setattr(links, "LINE_MEMBERS", ("at",))
    components: dict[str, Any] = {
        name: {"properties": {}} for name in ("DocumentInput", "LineInput")
    }
    links.describe(components)
    assert components["Place"]["properties"]["name"]["type"] == "string"
    assert "EarlierInvoice" in components
    assert "LineLinks" not in components, "nothing refers to it"
    assert contract.dangling({"components": {"schemas": components}}) == []
