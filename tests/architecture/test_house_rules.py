"""Rules of the house that neither ruff nor import-linter can say."""

import ast
import re

import pytest

from countries.folders import folders
from tests.architecture.sources import ROOT, SourceFile, imports, python_files, tracked_files

HOUSE = python_files()
EVERYTHING = python_files("gateway", "formats", "countries", "schemas", "tests", "scripts")

MOST_LINES = 320  # "about 300"
LONGER: dict[str, str] = {}
"""Files that may be longer, each with its reason."""

NAMES_FOR_NOTHING = {"utils", "helpers", "manager", "handler", "common", "misc", "base_utils"}


def _id(file: SourceFile) -> str:
    return file.name


def test_there_is_something_to_check() -> None:
    assert len(HOUSE) > 100


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    found = {file.name for file in HOUSE if asking.search(file.text)}
    assert found <= {"gateway/kit/clock.py"}


def test_files_are_short_or_say_why_not() -> None:
    long = {file.name for file in HOUSE if len(file.text.splitlines()) > MOST_LINES}
    assert long == set(LONGER)


@pytest.mark.parametrize("file", HOUSE, ids=_id)
def test_every_module_says_what_it_is_for(file: SourceFile) -> None:
    assert ast.get_docstring(file.tree) or not file.text.strip()


def test_modules_are_called_by_what_they_hold() -> None:
    names = {file.path.stem for file in HOUSE} | {file.path.parent.name for file in HOUSE}
    assert not names & NAMES_FOR_NOTHING


def _swallows_everything(handler: ast.ExceptHandler) -> bool:
    broad = isinstance(handler.type, ast.Name) and handler.type.id in {
        "Exception",
        "BaseException",
    }
    return broad and all(isinstance(node, ast.Pass) for node in handler.body)


def test_no_error_is_swallowed_in_silence() -> None:
    for file in HOUSE:
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ExceptHandler):
                where = f"{file.name}:{node.lineno}"
                assert node.type is not None, f"{where}: a bare except"
                assert not _swallows_everything(node), where


def test_endpoints_ask_services_and_never_repositories() -> None:
    for file in python_files("gateway"):
        if file.path.stem == "endpoints":
            behind = {name for name in imports(file) if ".repository" in name or ".tables" in name}
            queries = {name for name in behind if not name.rpartition(".")[2][0].isupper()}
            assert not queries, file.name  # the type of a row or a filter is no query


def test_only_its_own_feature_touches_a_repository_or_a_table() -> None:
    for file in python_files("gateway"):
        for name in imports(file):
            package, feature, *rest = [*name.split("."), "", ""]
            if package == "gateway" and rest[0] in {"repository", "tables"}:
                assert feature == file.feature, f"{file.name} imports {name}"


def test_the_offline_verifier_needs_the_standard_library_and_cryptography_only() -> None:
    ours = ("gateway.archive.verify", "cryptography")
    others = {"countries", "formats", "gateway", "schemas", "lxml", "pydantic", "sqlalchemy"}
    for file in python_files("gateway/archive/verify"):
        for name in imports(file):
            assert name.startswith(ours) or name.split(".")[0] not in others, file.name


def test_the_receiver_and_the_checker_share_nothing_with_what_they_check() -> None:
    for file in python_files("gateway/sandbox", "gateway/fsck"):
        for name in imports(file):
            assert not name.startswith(("formats", "gateway.transmissions", "gateway.archive"))


def test_the_import_contract_names_every_country() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r'"countries\.([a-z]{2})"', contract)
    assert set(named) == set(folders())


def test_every_feature_with_tables_has_an_import_contract() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    with_tables = {
        f"gateway.{file.feature}.{file.path.stem}"
        for file in python_files("gateway")
        if file.path.stem in {"tables", "repository"}
    }
    assert with_tables
    assert with_tables == set(re.findall(r'"(gateway\.\w+\.(?:tables|repository))"', contract))


# Spelled with character classes, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    r"/wor[k]/|/roo[t]/\w|/hom[e]/\w+/\w|py[p]i\.org|pythonh[o]sted|npmj[s]\."
    r"|deb\.debia[n]|crate[s]\.io|proxy\.gola[n]g"
)


def test_no_machine_and_no_package_index_is_named() -> None:
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found = FOREIGN.search(text)
        assert found is None, path.relative_to(ROOT)


def test_nothing_is_left_for_later_in_the_code() -> None:
    later = re.compile(r"\b(TOD[O]|FIXM[E]|HAC[K])\b|NotImplementedErro[r]")
    for file in EVERYTHING:
        found = later.search(file.text)
        assert found is None, file.name
