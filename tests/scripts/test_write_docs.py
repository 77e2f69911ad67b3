import re

from countries.registry import COUNTRIES
from formats.en16931.rules import RULES
from formats.registry import PROFILES
from scripts.profiles_page import SMALLEST, profiles_page
from scripts.write_docs import (
    GATEWAY_RULES,
    ROOT,
    countries_page,
    outdated,
    readme_table,
    rules_page,
)


def test_generated_documentation_is_up_to_date() -> None:
    assert outdated() == [], "run scripts/write_docs.py"


def test_every_rule_of_ours_is_documented() -> None:
    written = re.compile(r'"((?!BT-|BG-|BR-)[A-Z]{2}-[0-9]{2})"')
    sources = [*(ROOT / "gateway").rglob("*.py"), *(ROOT / "countries").rglob("rules.py")]
    found = {rule for file in sources for rule in written.findall(file.read_text("utf-8"))}
    for file in (ROOT / "formats").rglob("*.py"):
        found |= set(re.findall(r'"((?:GW|SI)-[0-9]{2})"', file.read_text("utf-8")))
    assert {rule for rule in RULES if rule.startswith("GW-")} <= found
    countries = {rule for country in COUNTRIES.values() for rule in country.rules}
    declared = countries | set(GATEWAY_RULES)
    assert found <= declared
    trees = ("gateway", "countries", "formats")
    files = [file for tree in trees for file in (ROOT / tree).rglob("*.py")]
    assert declared <= {
        rule for file in files for rule in written.findall(file.read_text("utf-8"))
    }
    page = rules_page()
    assert all(f"- `{rule}` " in page for rule in found)


def test_every_declared_country_has_a_row_and_a_chapter() -> None:
    for country in COUNTRIES.values():
        assert f"| {country.name} |" in readme_table()
        assert f"## {country.name} ({country.code})" in countries_page()


def test_the_recipe_shows_the_smallest_profile_as_it_is() -> None:
    source = (ROOT / SMALLEST).read_text("utf-8")
    _, _, declaration = source.partition("\n\nNLCIUS")
    recipe = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert f"```python\nNLCIUS{declaration}```" in recipe


def test_every_profile_is_on_its_page_and_the_unproven_say_why() -> None:
    page = profiles_page()
    for profile in PROFILES.values():
        assert page.count(f"| `{profile.id}` |") == 2
        assert profile.unproven is None or f"- `{profile.id}`: {profile.unproven}." in page
