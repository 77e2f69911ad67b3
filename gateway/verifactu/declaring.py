"""The declaración responsable of the program that an entity uses."""

import datetime
from collections.abc import Mapping
from typing import Any

from countries.es.declaration import TITLE, declaration, missing
from formats.pdf.declaration import Declaration, Said
from gateway.kit.tenancy import TenantTransaction
from gateway.verifactu.books import chosen_by
from gateway.verifactu.program import program_of, signing_of


def declared(tx: TenantTransaction) -> dict[str, Any]:
    """Return the declaration as JSON (`DeclarationView`).

    Raises:
        VerifactuSchemeProblem: As `chosen_by`.
    """
    chosen = chosen_by(tx)
    program = program_of(chosen)
    points = declaration(program, signing_of(chosen))
    lacking = missing(points)
    in_records = program.in_records()
    return {
        "object": "responsible_declaration",
        "version": program.version,
        "complete": not lacking,
        "missing": list(lacking),
        "points": [{"letter": one.letter, "about": one.about, "text": one.text} for one in points],
        "contact": program.producer.contact,
        "system": {
            name: value
            for name in type(in_records).__dataclass_fields__
            if (value := getattr(in_records, name)) is not None
        },
    }


def printed(told: Mapping[str, Any], now: datetime.datetime) -> Declaration:
    """Return the page of a declaration that was `declared`."""
    return Declaration(
        title=TITLE,
        author=told["system"]["NombreRazon"],
        points=tuple(
            Said(f"{one['letter']}) {one['about']}", one["text"]) for one in told["points"]
        ),
        contact=told["contact"],
        created_at=now,
    )
