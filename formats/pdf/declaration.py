"""Spain's declaración responsable of a billing program, as PDF/A-3b: its producer signs it.

A paper for whoever uses the program and for inspectors, so it is in Spanish. What it says comes as
text: the law that asks for it is `countries.es.declaration`.
"""

import datetime
from dataclasses import dataclass

from formats.pdf.characters import printable
from formats.pdf.rendering import families_of, typeset

_BLANK = "(por indicar)"


@dataclass(frozen=True, slots=True)
class Said:
    """A point.

    Attributes:
        about: What is said.
        text: That; None leaves it open on the page.
    """

    about: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the page says.

    Attributes:
        title: Above all.
        author: Who declares.
        points: In their order.
        contact: How else he is reached.
        created_at: When the page is made.
    """

    title: str
    author: str
    points: tuple[Said, ...]
    contact: str | None
    created_at: datetime.datetime


def render(said: Declaration) -> bytes:
    """Return the page; the same content and moment give the same bytes.

    Raises:
        RenderingError: The typesetter refused.
    """
    moment = said.created_at.astimezone(datetime.UTC).replace(microsecond=0)
    points = [[one.about, one.text or _BLANK] for one in said.points]
    if said.contact:
        points.append(["Otras formas de contacto", said.contact])
    page = {
        "title": said.title,
        "author": said.author,
        "created": [*moment.timetuple()[:6]],
        "fonts": families_of(),
        "points": points,
        "signature": "Firma de la entidad productora",
    }
    return typeset(printable(page), "declaration", moment)
