"""The last look before bytes are frozen: they say what the invoice says, nothing less."""

from formats.en16931 import Invoice
from formats.en16931.comparison import differences
from formats.en16931.rules.base import fatal
from formats.findings import Finding
from formats.profile import Profile
from gateway.documents.fiscal.service import on_paper
from gateway.documents.preparation import Body
from gateway.documents.problems import InvoiceNotCompliantProblem, ReadBackProblem
from gateway.documents.reporting import findings_json

_BEYOND = "extensions"
"""The member in which everything stands that EN 16931 does not know."""


def compare(invoice: Invoice, profile: Profile, content: bytes, body: Body) -> None:
    """Refuse bytes that do not say what the invoice says.

    Raises:
        InvoiceNotCompliantProblem: It says what the profile has no place for (GW-41).
        ReadBackProblem: Anything else, which only our own code can be to blame for.
    """
    differing = differences(on_paper(invoice), profile.read(content))
    if not differing:
        return
    if all(_BEYOND in pointer.split("/") for pointer in differing):
        places = (place for pointer in differing for place in _places(invoice, pointer))
        found = tuple(_homeless(place, profile) for place in places)
        raise InvoiceNotCompliantProblem(findings_json(found, body))
    raise ReadBackProblem(
        "The written document differs from the invoice; it was not issued.",
        differences=[body.pointers.as_sent(pointer) for pointer in differing],
    )


def _places(invoice: Invoice, pointer: str) -> list[str]:
    """Return what a pointer to all of the document's extensions means: each of them."""
    if pointer != f"/{_BEYOND}" or invoice.extensions is None:
        return [pointer]
    given = invoice.extensions.model_dump(exclude_none=True, exclude_defaults=True)
    return [f"{pointer}/{name}" for name in given]


def _homeless(pointer: str, profile: Profile) -> Finding:
    return fatal(
        "GW-41",
        pointer,
        None,
        f"{profile.name} has no place for this.",
        "Leave it out, or choose a profile that carries it.",
    )
