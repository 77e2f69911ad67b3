"""Whose records they are, and whether the caller may send them."""

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from gateway.sandbox.kit.compliance import Rulebook
from gateway.sandbox.verifactu.codes import WHOLE
from gateway.sandbox.verifactu.numbers import is_nif
from gateway.sandbox.verifactu.record import LR, Part

_LAST_DAY = re.compile(r"31-12-(20\d\d)", re.ASCII)


class FaultError(Exception):
    """The whole request is turned away.

    Attributes:
        code: The AEAT's.
        words: What is said.
    """

    def __init__(self, code: str, detail: str = "", rulebook: Rulebook | None = None) -> None:
        if rulebook is not None:
            rulebook.judged(code, kept=False)
        self.code = code
        self.words = f"Codigo[{code}].{WHOLE[code]}" + (f": {detail}" if detail else "")
        super().__init__(self.words)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a submission.

    Attributes:
        node: As it came; the answer repeats it.
        seller: The NIF of ObligadoEmision.
        agent: The NIF of Representante, if there is one.
        rulebook: Counts what is looked at.
        demanded: It came where records are sent that the AEAT asked for.
    """

    node: etree._Element
    seller: str
    agent: str
    rulebook: Rulebook
    demanded: bool

    @classmethod
    def read(cls, submission: etree._Element, rulebook: Rulebook, *, demanded: bool) -> "Header":
        """Read it.

        Raises:
            FaultError: There is none.
        """
        node = submission.find(f"{{{LR}}}Cabecera")
        if node is None:
            raise FaultError("4102", "Cabecera", rulebook)
        part = Part(node)
        seller, agent = part.text("ObligadoEmision/NIF"), part.text("Representante/NIF")
        return cls(node, seller, agent, rulebook, demanded)

    def check(
        self, presenter: str | None, now: datetime.datetime, unknown: Collection[str]
    ) -> None:
        """Look at it.

        Args:
            presenter: The NIF in the caller's certificate; None where it names none: such a one
                may present for everybody, as a social collaborator may.
            now: By the authority's clock.
            unknown: NIFs that are in no census.

        Raises:
            FaultError: Something is wrong with it.
        """
        part = Part(self.node)
        until = part.text("RemisionVoluntaria/FechaFinVeriFactu")
        year = _LAST_DAY.fullmatch(until)
        in_time = year is not None and int(year[1]) in {now.year, now.year - 1}
        asked = part.has("RemisionRequerimiento/RefRequerimiento")
        self._must("4116", kept=is_nif(self.seller))
        self._must("4117", kept=not self.agent or is_nif(self.agent))
        self._must("4104", kept=self.seller not in unknown)
        self._must("4112", kept=presenter is None or presenter in {self.seller, self.agent})
        self._must("4120", kept=not until or in_time)
        self._must("4125", kept=asked or not self.demanded)
        self._must("4126", kept=not asked or self.demanded)
        self._must("4127", kept=not (self.demanded and part.has("RemisionVoluntaria")))

    def _must(self, code: str, *, kept: bool) -> None:
        if not self.rulebook.judged(code, kept=kept):
            raise FaultError(code)
