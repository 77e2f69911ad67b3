"""Which patterns a phase activates, and the variables it brings."""

from dataclasses import dataclass

from formats.validation.schematron.node import SCHEMATRON, Node, sch

ALL = "#ALL"
_KNOWN = {sch("active"), sch("let"), sch("title"), sch("p")}


@dataclass(frozen=True, slots=True)
class Phase:
    """What is judged.

    Attributes:
        patterns: Ids of the active patterns; None when all are.
        lets: The variables of the phase. With all patterns, those of every phase: the skeleton
            makes all of them global.
    """

    patterns: frozenset[str] | None
    lets: tuple[Node, ...]

    def activates(self, pattern: Node) -> bool:
        """Tell whether a pattern is judged."""
        return self.patterns is None or pattern.get("id") in self.patterns


def choose(schema: Node, name: str | None) -> Phase:
    """Return a phase by name.

    Args:
        schema: The schema, with its abstract patterns made concrete.
        name: An id, `#ALL`, `#DEFAULT`, or None for the default.

    Raises:
        UnsupportedRuleError: There is no such phase, or it activates what is not there.
    """
    phases = [child for child in schema.elements if child.tag == sch("phase")]
    for phase in phases:
        for child in phase.elements:
            if child.namespace == SCHEMATRON and child.tag not in _KNOWN:
                raise child.refused("is not known in a phase")
    if name is None or name == "#DEFAULT":
        name = (schema.get("defaultPhase") or ALL).strip()
    if name == ALL:
        return Phase(None, tuple(let for phase in phases for let in _named(phase, "let")))
    found = [phase for phase in phases if phase.get("id") == name]
    if len(found) != 1:
        raise schema.refused(f"has {len(found)} phases {name!r}")
    patterns = {each.get("id") for each in _named(schema, "pattern")}
    active = _named(found[0], "active")
    for each in active:
        if each.required("pattern") not in patterns:
            raise each.refused(f"activates {each.get('pattern')!r}, which is not there")
    ids = frozenset(each.required("pattern") for each in active)
    return Phase(ids, tuple(_named(found[0], "let")))


def _named(node: Node, name: str) -> list[Node]:
    return [child for child in node.elements if child.tag == sch(name)]
