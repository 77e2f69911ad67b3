import datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from formats.en16931.group import IsoDate, Text
from formats.en16931.line import Line

_DATE = TypeAdapter(IsoDate)
_TEXT = TypeAdapter(Text)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-11-20", datetime.date(2026, 11, 20)),
        ("0001-01-01", datetime.date(1, 1, 1)),
        ("9999-12-31", datetime.date(9999, 12, 31)),
        (datetime.date(2026, 11, 20), datetime.date(2026, 11, 20)),
    ],
)
def test_a_day_is_written_year_month_day(value: object, day: datetime.date) -> None:
    assert _DATE.validate_python(value) == day


@pytest.mark.parametrize(
    "value",
    [
        *(20261120, 1732060800, 1732060800.0, True, None, b"2026-11-20"),
        *("20261120", "1732060800", "2026-11-20T00:00:00", "2026-W47-5", "26-11-20"),
        *(
            "2026-02-30",
            "0000-01-01",
            "10000-01-01",
            " 2026-11-20",
            "\u0662\u0660\u0662\u0666-11-20",
        ),
        datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC),
    ],
)
def test_nothing_else_is_a_day(value: object) -> None:
    with pytest.raises(ValidationError):
        _DATE.validate_python(value)


@pytest.mark.parametrize("value", [380, 1.5, True, b"380", None, ["380"]])
def test_only_strings_are_texts(value: object) -> None:
    with pytest.raises(ValidationError):
        _TEXT.validate_python(value)


@pytest.mark.parametrize("value", ["\x00", "\x0b", "\ufffe", "a\ud800"])
def test_texts_hold_what_xml_can_carry(value: str) -> None:
    with pytest.raises(ValidationError):
        _TEXT.validate_python(value)


def test_only_item_classifications_have_a_scheme_version() -> None:
    versioned = {"value": "1", "scheme_identifier": "TST", "scheme_version_identifier": "2"}
    line = Line.model_validate({"item_classification_identifiers": [versioned]})
    assert line.item_classification_identifiers[0].scheme_version_identifier == "2"
    with pytest.raises(ValidationError, match="BT-158"):
        Line.model_validate({"item_standard_identifier": versioned})


def test_the_json_schema_calls_a_day_a_date() -> None:
    assert _DATE.json_schema()["format"] == "date"
