"""Who calls, and what they may ask for that is not theirs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.kit.ids import new_id, public_id
from gateway.tenants.permissions import ANYBODY, BY_KIND, ROLES, job_resources, required
from tests.gateway.matrix.exceptions import ACCOUNT_ONLY, PUBLIC
from tests.gateway.matrix.operations import Operation, Place, operations
from tests.gateway.matrix.stock import Stock

OF_ACCOUNT = frozenset(
    {"entity", "key", "job", "batch", "exit", "export", "revalidation", "endpoint", "user"}
)
"""What an account's key reaches without naming the entity."""

HEADER, QUERY = Place("header", "Entity-Id"), Place("query", "entity_id")


@dataclass(frozen=True)
class Caller:
    """Somebody with a key, what is theirs, and what is not."""

    name: str
    key: str
    auditor: str
    stock: Stock
    foreign: Mapping[str, Stock]
    bound: bool = False  # the key is an entity's
    role: str = "writer"

    def own(self, operation: Operation) -> dict[Place, str]:
        """Return good values for every place, the entity named as this key must."""
        values = {}
        for place in operation.places:
            if place.optional and operation.body != "ErasureInput":  # that is about a customer
                continue
            value = self.stock.of(operation, place)
            assert value is not None or place.of == "transmission"
            if place != QUERY and (place != HEADER or not self.bound):
                values[place] = value or never("trn")
        return values

    def elsewhere(self, operation: Operation) -> Iterator[tuple[str, dict[Place, str]]]:
        """Yield requests about what is not the caller's: one place at a time, then all at once."""
        own = self.own(operation)
        for number, (whose, stock) in enumerate(self.foreign.items()):
            together = {}
            for rank, place in enumerate(operation.places):
                if (
                    place.optional
                    and not operation.asks_all
                    and rank % len(self.foreign) != number
                ):
                    continue  # one link after the other, each with one who is not the caller
                value = stock.of(operation, place)
                if value is None or self._reaches(whose, place, operation):
                    continue
                base = {p: v for p, v in own.items() if place != QUERY or p != HEADER}
                yield f"{whose}, {place}", base | {place: value}
                if place != QUERY:
                    together[place] = value
            if len(together) > 1:
                yield f"{whose}, everywhere", own | together
                named = {p: v for p, v in together.items() if p != HEADER}
                if self.bound:
                    yield f"{whose}, everywhere but the header", named

    @property
    def session(self) -> bool:
        """True for a user, false for an API key."""
        return self.role != "writer"

    def may(self, operation: Operation) -> bool:
        """Tell whether role and reach allow it at all."""
        if self.bound and operation.key in ACCOUNT_ONLY:
            return False
        needed = required(*operation.key)
        if needed == BY_KIND:
            return bool(job_resources(operation.method, ROLES[self.role]))
        return needed == ANYBODY or needed in ROLES[self.role]

    def sisters(self) -> set[str]:
        """Return what an account's activity may name: all that its other entities have."""
        known = not self.bound and "sister" in self.foreign
        return set(self.foreign["sister"].ids.values()) if known else set()

    def _reaches(self, whose: str, place: Place, operation: Operation) -> bool:
        """An account's key may name each of its entities, and keys, jobs, hooks and users."""
        if place.of == "user" and "{entity_id}" in operation.path:
            return False  # a user of that entity is asked for
        return whose == "sister" and not self.bound and place.of in OF_ACCOUNT


def private() -> tuple[Operation, ...]:
    """Return the operations that want a key."""
    return tuple(one for one in operations() if one.key not in PUBLIC)


def never(prefix: str) -> str:
    return public_id(prefix, new_id())
