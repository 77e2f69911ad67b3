import re
from pathlib import Path

import pytest

from countries.es.union_numbers import is_well_formed

_ROW = re.compile(r"(?P<prefix>[A-Z]{2}) (?P<lengths>[0-9, óo]+) caracteres (?P<sort>\w+)")


@pytest.fixture(scope="module")
def published(official: Path) -> dict[str, tuple[set[int], bool]]:
    """The rows of note (1): lengths by prefix, and whether all is digits."""
    text = (official / "es-verifactu/spec/Validaciones_Errores_Veri-Factu.txt").read_text()
    note = text[text.index("Estructura NIF-IVA") :]
    return {
        found["prefix"]: (
            set(map(int, re.findall(r"\d+", found["lengths"]))),
            found["sort"].startswith("num"),
        )
        for found in _ROW.finditer(note)
    }


def test_every_form_is_the_published_one(
    published: dict[str, tuple[set[int], bool]],
) -> None:
    assert len(published) >= 20
    for prefix, (lengths, digits) in published.items():
        taken = {n for n in range(1, 15) if is_well_formed(prefix + "1" * n)}
        assert taken == lengths, prefix
        length = min(lengths)
        assert is_well_formed(prefix + "1" * (length - 1) + "A") is not digits, prefix


@pytest.mark.parametrize("number", ["", "FR", "FR1234567890é", "fr52422961982", "GB123456789"])
def test_others_are_none(number: str) -> None:
    assert not is_well_formed(number)


def test_croatia_is_a_member() -> None:
    assert is_well_formed("HR12345678901")
