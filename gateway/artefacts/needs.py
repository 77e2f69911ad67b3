"""Who needs an artefact: the profiles that name its family, and the countries that take those."""

from collections.abc import Mapping

from countries.registry import COUNTRIES
from formats.registry import PROFILES


def families() -> Mapping[str, tuple[str, ...]]:
    """Return, for each family that anything needs, who does: `profile xrechnung-ubl`, `DE`."""
    needs: dict[str, dict[str, None]] = {}
    countries = _countries()
    for profile in PROFILES.values():
        for family in (*profile.schemas.values(), *profile.rule_sets):
            who = needs.setdefault(family, {})
            who[f"profile {profile.id}"] = None
            who.update(dict.fromkeys(countries.get(profile.id, ())))
    return {family: tuple(who) for family, who in needs.items()}


def _countries() -> dict[str, tuple[str, ...]]:
    """Return, by profile, the countries one of whose mandates can be met with it."""
    found: dict[str, dict[str, None]] = {}
    for code, country in sorted(COUNTRIES.items()):
        for mandate in country.mandates:
            for profile in mandate.profiles:
                found.setdefault(profile, {})[f"country {code}"] = None
    return {profile: tuple(codes) for profile, codes in found.items()}
