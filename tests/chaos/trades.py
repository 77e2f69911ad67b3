"""Selling under attack: what is asked of the API, and how an authority's books are compared.

One class for each authority. What it compares with is the archive as everybody can read it, over
the API: nothing of how the gateway came to it.
"""

import random
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import httpx2
from lxml import etree

from tests.gateway.houses import House, Json, Shop

_LAST = re.compile(r"(.*?)([0-9]+)")


@dataclass(frozen=True)
class Order:
    """Something to be asked of the API, once.

    Attributes:
        shop: Who asks.
        path: Where.
        body: What.
        gone: The document that is cancelled by it; None: one is issued.
        taken: Whether the authority takes what is issued.
    """

    shop: Shop
    path: str
    body: Json
    gone: str | None = None
    taken: bool = True


@dataclass(frozen=True)
class Sold:
    """A document that was issued.

    Attributes:
        order: As what.
        id: Its id.
        number: Its number.
    """

    order: Order
    id: str
    number: str

    def shown(self) -> Json:
        """Return how it stands."""
        return self.order.shop.get(f"/v1/documents/{self.id}")

    def kept(self, role: str) -> list[bytes]:
        """Return its evidence of a role, in order."""
        place = f"/v1/documents/{self.id}/evidence"
        listed = [one for one in self.order.shop.get(place)["data"] if one["role"] == role]
        return [self.order.shop.call("GET", f"{place}/{one['id']}").content for one in listed]


class Trade(ABC):
    """Sellers of one country.

    Args:
        house: The gateway.
        url: The authority's door for people.

    Attributes:
        channel: The authority's, and the name of its directory.
        places: Where its calls may fail.
        verdict: What it says of what it takes.
    """

    channel: ClassVar[str]
    places: ClassVar[tuple[str, ...]]
    verdict: ClassVar[Collection[str]] = ("cleared",)

    def __init__(self, house: House, url: str) -> None:
        self.url = url
        self.sold: list[Sold] = []
        self.gone: set[str] = set()
        self._credited: set[str] = set()
        self.prepare()
        self.open(house)

    @abstractmethod
    def open(self, house: House) -> None:
        """Make sellers."""

    @abstractmethod
    def orders(self, turn: int) -> list[Order]:
        """Return what is asked for at once, the first of them under the strike."""

    @abstractmethod
    def rows(self) -> list[Json]:
        """Return what the authority has of the sellers."""

    @abstractmethod
    def differs(self, sold: Sold, shown: Json, rows: list[Json]) -> Iterator[str]:
        """Say how the authority's books and the archive differ about a document."""

    def booked(self, rows: list[Json]) -> Iterator[str]:
        """Say what is wrong in the authority's books as a whole."""
        there, ours = sorted(map(self.named, rows)), sorted(one.number for one in self.taken())
        if there != ours:
            yield f"the authority has {there}, issued was {ours}"

    def named(self, row: Json) -> str:
        """Return our number of what a row is about."""
        return str(row["number"])

    def counted(self, number: str) -> tuple[str, int]:
        """Return the series of a number, and its place there: the last digits, where it is usual.

        Args:
            number: As it is printed.
        """
        found = _LAST.fullmatch(number)
        assert found is not None, number
        return found[1], int(found[2])

    def prepare(self) -> None:  # noqa: B027 - most forget nothing
        """Tell the authority what it forgets when it dies."""

    def vex(self, chance: random.Random) -> None:  # noqa: B027 - most have no ways of their own
        """Let the authority misbehave in ways of its own."""

    def note(self, order: Order, answer: Mapping[str, str]) -> None:
        """Note what the API answered."""
        if order.gone is not None:
            self.gone.add(order.gone)
        else:
            self.sold.append(Sold(order, answer["id"], answer["number"]))

    def standing(self) -> list[Sold]:
        """Return the invoices that the authority has, and nothing was said of since."""
        over = self.gone | self._credited
        sales = [one for one in self.taken() if one.order.path.startswith("/v1/invoices")]
        return [one for one in sales if one.id not in over]

    def crediting(self) -> Json:
        """Return what a credit note says of the oldest invoice that nothing was said of."""
        sold = self.standing()[0]
        self._credited.add(sold.id)
        said = sold.order.body
        return {"corrects": sold.id, "buyer": said["buyer"], "lines": said["lines"]}

    def taken(self) -> list[Sold]:
        """Return what the authority should have."""
        return [one for one in self.sold if one.order.taken]

    def tell(self, what: str, value: Json) -> None:
        """Put something on the authority's control plane."""
        answer = httpx2.put(f"{self.url}/__sandbox/{what}", json=value, trust_env=False)
        assert answer.status_code == 200, answer.text

    def ask(self, what: str) -> Json:
        """Return what the authority's control plane says."""
        found: Json = httpx2.get(f"{self.url}/__sandbox/{what}", trust_env=False).json()
        return found

    def sent(self, shown: Json) -> list[Json]:
        """Return what was sent to the authority of a document."""
        return [one for one in shown["transmissions"] if one["channel"] == self.channel]

    def blame(self) -> list[str]:
        """Return everything that is wrong."""
        rows = self.rows()
        found = [*self._misnumbered(), *self.booked(rows)]
        for one in self.sold:
            shown = one.shown()
            said = [*self._unsettled(one, shown), *self.differs(one, shown, rows)]
            found += [f"{one.number}: {text}" for text in said]
        return [f"{self.channel}: {text}" for text in found]

    def _misnumbered(self) -> Iterator[str]:
        series: dict[tuple[str, str], list[int]] = {}
        for one in self.sold:
            name, place = self.counted(one.number)
            series.setdefault((one.order.shop.entity, name), []).append(place)
        for (_, name), places in series.items():
            if sorted(places) != list(range(1, len(places) + 1)):
                yield f"numbers answered of {name}: {sorted(places)}"

    def _unsettled(self, sold: Sold, shown: Json) -> Iterator[str]:
        wanted = self.verdict if sold.order.taken else ("rejected",)
        for one in self.sent(shown):
            if one["regulatory"] not in wanted:
                yield f"it is {one['transport']}, {one['regulatory']}"


def marks(shown: Json) -> dict[str, str]:
    """Return what a document is stamped with, by kind."""
    return {one["kind"]: one["identifier"] for one in shown["stamps"]}


def apart(what: str, here: object, there: object) -> Iterator[str]:
    """Say that archive and authority differ, if they do."""
    if here != there:
        yield f"{what} is {here} here, {there} there"


def inner(root: etree._Element, name: str) -> str:
    """Return the text of a child, in any namespace."""
    return str(root.findtext(f"{{*}}{name}") or "")
