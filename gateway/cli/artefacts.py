"""`gateway schemas list`, `verify` and `why`: what is at hand, and what is missing."""

import json
from collections.abc import Sequence
from datetime import date

from rich.text import Text

from gateway.cli.artefact_output import (
    CANNOT,
    catalog,
    choice,
    described,
    here,
    in_force,
    print_table,
    state,
    table,
)
from gateway.kit import clock
from gateway.kit.console import fail, out
from schemas import ArtefactMissingError, Availability
from schemas.errors import UnknownArtefactError, near


def show(names: Sequence[str], output: str) -> int:
    """List artefacts with what this machine has of them; 0."""
    known = catalog()
    found = [known.availability(each) for each in choice(known, names)]
    if output == "json":
        out.print_json(json.dumps([described(each) for each in found]))
        return 0
    columns = ("id", "kind", "publisher", "licence", "in force", "here")
    rows = table("gateway schemas list", *columns)
    for each in found:
        declared = each.declaration
        whose = (declared.publisher, declared.licence)
        rows.add_row(each.id, declared.kind, *whose, in_force(declared), here(each))
    print_table(rows)
    missing = sum(not each.available for each in found)
    advice = ": gateway schemas sync" if missing else ""
    out.print(f"{len(found)} artefacts, {missing} not here{advice}")
    return 0


def verify(names: Sequence[str], output: str) -> int:
    """Hash again what is here; 0 all as declared, 1 something differs."""
    known = catalog()
    found = [known.availability(each) for each in choice(known, names)]
    wrong = sum(bool(each.wrong) for each in found)
    if output == "json":
        out.print_json(json.dumps([described(each) for each in found]))
        return 1 if wrong else 0
    rows = table("gateway schemas verify", "id", "source", "state", "what was found")
    for each in found:
        for source in each.sources:
            if source.good or not source.absent:
                rows.add_row(each.id, source.name, state(source), source.reason or "")
        if not each.available and not each.wrong:
            advice = f"gateway schemas sync {each.id}"
            rows.add_row(each.id, "", Text("not here", style="yellow"), advice)
    print_table(rows)
    good = sum(each.available for each in found)
    out.print(f"{good} of {len(found)} artefacts are here; {wrong} differ")
    return 1 if wrong else 0


def explain(name: str, as_of: str | None, output: str) -> int:
    """Say which version judges a day, the state of each source, and who needs it; 0 if usable."""
    from gateway.artefacts.needs import families  # noqa: PLC0415 - reads every profile

    known = catalog()
    day = _day(as_of)
    try:
        declaration = known.manifest.artefact(name)
        if declaration is None:
            if not known.manifest.family(name):
                raise UnknownArtefactError(name, near(name, known.manifest.declarations))
            declaration = known.in_force(name, day)
    except ArtefactMissingError as missing:
        fail(str(missing), CANNOT)
    found = known.availability(declaration)
    needed = families().get(declaration.family, ())
    if output == "json":
        versions = [each.version for each in known.manifest.family(declaration.family)]
        facts = {
            "as_of": day.isoformat(),
            "in_force": declaration.covers(day),
            "earlier": declaration.earlier,
            "versions": versions,
            "needed_by": needed,
        }
        out.print_json(json.dumps({**described(found), **facts}))
    else:
        _explain(found, day, needed)
    return 0 if found.available else 1


def _explain(found: Availability, day: date, needed: Sequence[str]) -> None:
    declared = found.declaration
    out.print(f"{declared.id}  {declared.title}")
    out.print(f"published by {declared.publisher}; {declared.licence}; {declared.homepage}")
    if declared.covers(day):
        out.print(f"in force {in_force(declared)}, and so on {day}")
    elif day < declared.in_force_from and declared.earlier:
        out.print(f"in force {in_force(declared)}; judges {day} too: {declared.earlier}")
    else:
        out.print(f"in force {in_force(declared)}; not on {day}")
    rows = table("", "source", "relation", "state", "why")
    for source in found.sources:
        used = "used" if source is found.used else ""
        rows.add_row(source.name, source.relation, state(source), source.reason or used)
    print_table(rows)
    out.print(f"needed by: {', '.join(needed) or 'no profile; judge by it with --rules'}")


def _day(as_of: str | None) -> date:
    if as_of is None:
        return clock.now().date()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        fail(f"{as_of} is not a day; write YYYY-MM-DD", CANNOT)
