"""The page of the profiles, docs/profiles.md, as it follows from their declarations."""

import sys
from collections.abc import Mapping
from pathlib import Path

from formats.facturx.profiles import EN16931_TERMS
from formats.profile import Profile
from formats.registry import PROFILES
from schemas import Manifest
from schemas.declaration import Declaration

ROOT = Path(__file__).resolve().parents[1]
SMALLEST = "formats/cius/nl/profile.py"


def profiles_page() -> str:
    """Return docs/profiles.md: every profile, what it is called in documents, what judges it."""
    source = (ROOT / SMALLEST).read_text(encoding="utf-8")
    declared = sorted(Manifest.load().declarations, key=lambda each: each.in_force_from)
    titles = {each.family: each for each in declared}  # the newest of each
    parts = [
        "# Profiles",
        "",
        (
            "A profile is one way to write an invoice down, as a receiver asks for it. Generated "
            "by `scripts/write_docs.py`; do not edit."
        ),
        "",
        (
            "Take one by its id (`profile` in the API, `--profile` and `--to` on the command "
            "line), or let a document's specification identifier (BT-24) decide. The whole "
            "identifier counts; other versions of a specification are other specifications. "
            "Inside a PDF, an identifier means the level of Factur-X."
        ),
        "",
        "| Profile | | Syntax | BT-24 | BT-23 |",
        "|---|---|---|---|---|",
        *map(_profile_row, PROFILES.values()),
        "",
        "## Unproven",
        "",
        (
            "Nothing at hand proves that documents of these are right. They work in the sandbox "
            "and are never issued live (problem `profile-unproven`)."
        ),
        "",
        *(f"- `{each.id}`: {each.unproven}." for each in PROFILES.values() if each.unproven),
        "",
        "## What judges each",
        "",
        (
            "The official schemas and rule sets, in the order they run; `schemas/manifest/` "
            "has the address, licence and sha256 of each. Before them run our own semantic rules "
            "(docs/rules.md) where there are any for the profile."
        ),
        "",
        "| Profile | Schema | Rule sets | Our rules |",
        "|---|---|---|---|",
        *(_judges_row(each, titles) for each in PROFILES.values()),
        "",
        "## Room",
        "",
        (
            "Profiles that lack terms of EN 16931. Converting to one drops the rest, or moves it "
            "into a note, and the report says so."
        ),
        "",
        *(
            f"- `{each.id}` has {len(EN16931_TERMS & each.carried)} of the"
            f" {len(EN16931_TERMS)} terms of EN 16931."
            for each in PROFILES.values()
            if each.carried is not None and not each.carried >= EN16931_TERMS
        ),
        "",
        "## Adding one",
        "",
        (
            "A profile is one declaration with only its real differences. The smallest is "
            f"`{SMALLEST}`:"
        ),
        "",
        "```python",
        source.rstrip(),
        "```",
        "",
        "CONTRIBUTING.md has the steps.",
    ]
    return "\n".join(parts) + "\n"


def _profile_row(profile: Profile) -> str:
    read = "".join(f"<br>read: `{variant}`" for variant in profile.variants)
    process = f"`{profile.process_id}`" if profile.process_id else ""
    unproven = " (unproven)" if profile.unproven else ""
    syntax = profile.syntax.upper()
    return (
        f"| `{profile.id}` | {profile.name}{unproven} | {syntax} |"
        f" `{profile.customization_id}`{read} | {process} |"
    )


def _judges_row(profile: Profile, titles: Mapping[str, Declaration]) -> str:
    schemas = ", ".join(titles[family].title for family in profile.schemas.values())
    rule_sets = "; ".join(titles[family].title for family in profile.rule_sets)
    ours = ", ".join(f"`{sys.modules[check.__module__].RULE_SET}`" for check in profile.rules)
    return f"| `{profile.id}` | {schemas} | {rule_sets} | {ours} |"
