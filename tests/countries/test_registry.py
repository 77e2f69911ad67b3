from pathlib import Path

import pytest

import countries
from countries.folders import folders
from countries.registry import COUNTRIES, UnknownCountryError, _discover, code_of, country
from tests.countries.common import CountrySuite


def test_every_folder_with_a_declaration_is_a_declared_country() -> None:
    found = Path(countries.__file__).parent.glob("??/__init__.py")
    declaring = {file.parent.name for file in found if "\nCOUNTRY = " in file.read_text()}
    assert {code.upper() for code in declaring} == set(COUNTRIES)
    assert declaring <= set(folders())
    assert all(code == declared.code for code, declared in COUNTRIES.items())


def test_every_country_runs_the_shared_suite() -> None:
    tests = Path(__file__).parent
    for code in COUNTRIES:
        suite = f"({CountrySuite.__name__}):"
        texts = [file.read_text() for file in (tests / code.lower()).glob("test_*.py")]
        [text] = [one for one in texts if suite in one]
        assert f'code = "{code}"' in text


def test_a_country_is_found_by_code_and_by_name() -> None:
    assert country("SI").name == "Slovenia"
    assert code_of(" slovenija ") == "SI"
    assert code_of("Netherlands") == "NL"


@pytest.mark.parametrize("code", ["", "si", "XX", "Slovenia"])
def test_an_unknown_country_is_an_error_that_names_the_known_ones(code: str) -> None:
    with pytest.raises(UnknownCountryError, match="BE, DE, ES, HR, NL, PL, SI"):
        country(code)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UnknownCountryError):
        code_of("Atlantis")


def test_the_registry_cannot_be_written_to() -> None:
    with pytest.raises(TypeError):
        COUNTRIES["XX"] = country("SI")  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "content"),
    [("zy", 'COUNTRY = "SI"'), ("zz", "from countries.si import COUNTRY")],
)
def test_a_folder_that_declares_something_else_is_refused(
    name: str, content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(content)
    monkeypatch.setattr(countries, "__path__", [*countries.__path__, str(tmp_path)])
    with pytest.raises(TypeError, match=name):
        _discover()


def test_every_rule_of_a_country_is_found_in_a_test() -> None:
    tests = Path(__file__).parents[1]
    files = {*tests.rglob("test_*.py")} - {tests / "formats" / "explain" / "test_catalogue.py"}
    tested = "".join(file.read_text() for file in files)  # a list of texts tests no rule
    rules = [rule for declared in COUNTRIES.values() for rule in declared.rules]
    assert [rule for rule in rules if f'"{rule}"' not in tested] == []
