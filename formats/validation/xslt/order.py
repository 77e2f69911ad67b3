"""Global variables in an order in which each stands after those it needs.

In XSLT they may stand in any order (section 9.5); a rule set evaluates them one after the other.
"""

from collections.abc import Iterable

from formats.validation.schematron.model import Function, Let, UnsupportedRuleError
from formats.validation.xpath.syntax import Call, Variable, walk


def in_order(variables: Iterable[Let], functions: Iterable[Function]) -> tuple[Let, ...]:
    """Return the variables; those that need nothing of a later one stay where they are.

    Raises:
        UnsupportedRuleError: Two have one name, or one needs itself.
    """
    by_name: dict[str, Let] = {}
    for variable in variables:
        if variable.name in by_name:
            raise UnsupportedRuleError(f"two global variables are called {variable.name}")
        by_name[variable.name] = variable
    needs: dict[str, set[str]] = {}
    for function in functions:
        own = {name for name, _ in function.parameters}
        own |= {node.name for node in walk(function.body) if isinstance(node, Let)}
        # Of one name with several arities, all: a variable may come earlier than it must.
        needs.setdefault(f"{function.name}()", set()).update(_names(function.body) - own)
    for name, variable in by_name.items():
        needs[name] = _names(variable.value)
    done: dict[str, Let | None] = {}
    for name in by_name:
        _visit(name, needs, by_name, done)
    return tuple(variable for variable in done.values() if variable is not None)


def _visit(
    start: str, needs: dict[str, set[str]], by_name: dict[str, Let], done: dict[str, Let | None]
) -> None:
    # A stack of our own: a bad file may chain more names than Python has calls.
    path: dict[str, list[str]] = {start: sorted(needs[start])}
    while path:
        name, open_names = next(reversed(path.items()))
        if not open_names:
            path.pop(name)
            done[name] = by_name.get(name)
            continue
        needed = open_names.pop()
        if needed in done or needed not in needs:
            continue
        if needed not in path:
            path[needed] = sorted(needs[needed])
        elif not needed.endswith("()"):  # functions may call themselves, variables may not
            raise UnsupportedRuleError(f"the global variable {needed} needs itself")


def _names(value: object) -> set[str]:
    """Return the variables and functions (with parentheses) that are named; local ones too."""
    found = set()
    for node in walk(value):
        if isinstance(node, Variable):
            found.add(node.name)
        elif isinstance(node, Call):
            found.add(f"{node.name}()")
    return found
