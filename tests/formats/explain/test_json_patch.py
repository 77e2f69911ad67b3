"""RFC 6902 on parsed JSON, with the RFC's own examples."""

from decimal import Decimal
from typing import Any

import pytest

from formats.explain.json_patch import PatchError, apply, at, has, same


@pytest.mark.parametrize(
    ("value", "patch", "expected"),
    [
        (
            {"foo": "bar"},
            [{"op": "add", "path": "/baz", "value": "qux"}],
            {"foo": "bar", "baz": "qux"},
        ),
        ({"foo": ["bar"]}, [{"op": "add", "path": "/foo/1", "value": 2}], {"foo": ["bar", 2]}),
        ({"foo": ["bar"]}, [{"op": "add", "path": "/foo/-", "value": 2}], {"foo": ["bar", 2]}),
        ({"a": 1, "b": 2}, [{"op": "remove", "path": "/a"}], {"b": 2}),
        ({"a": [1, 2, 3]}, [{"op": "remove", "path": "/a/1"}], {"a": [1, 3]}),
        ({"a": 1}, [{"op": "replace", "path": "/a", "value": None}], {"a": None}),
        ({"a": {"b": 1}}, [{"op": "move", "from": "/a/b", "path": "/c"}], {"a": {}, "c": 1}),
        ({"a": [1]}, [{"op": "copy", "from": "/a", "path": "/b"}], {"a": [1], "b": [1]}),
        (
            {"a~b": {"c/d": 1}},
            [{"op": "test", "path": "/a~0b/c~1d", "value": 1.0}],
            {"a~b": {"c/d": 1}},
        ),
        ({"a": 1}, [{"op": "replace", "path": "", "value": [1]}], [1]),
    ],
)
def test_operations(value: object, patch: list[dict[str, Any]], expected: object) -> None:
    before = repr(value)
    assert apply(value, patch) == expected
    assert repr(value) == before


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "test", "path": "/a", "value": "1"},
        {"op": "test", "path": "/a", "value": True},
        {"op": "remove", "path": "/b"},
        {"op": "replace", "path": "/b", "value": 1},
        {"op": "add", "path": "/b/c", "value": 1},
        {"op": "add", "path": "/l/3", "value": 1},
        {"op": "remove", "path": "/l/01"},
        {"op": "add", "path": "/a"},
        {"op": "move", "from": "/l", "path": "/l/0"},
        {"op": "mend", "path": "/a"},
        {"op": "remove"},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(operation: dict[str, Any]) -> None:
    value = {"a": 1, "l": [1]}
    with pytest.raises(PatchError) as refused:
        apply(value, [{"op": "add", "path": "/n", "value": 1}, operation])
    assert refused.value.index == 1
    assert value == {"a": 1, "l": [1]}


def test_numbers_are_compared_by_value() -> None:
    assert same({"a": [Decimal("1.10")]}, {"a": [1.1]})
    assert not same({"a": 1}, {"a": True})
    assert not same({"a": 1}, {"a": 1, "b": 1})


def test_places() -> None:
    value = {"a": [{"b": None}]}
    assert has(value, "/a/0/b")
    assert at(value, "/a/0/b") is None
    assert not has(value, "/a/1")
    assert not has(value, "/a/-")
