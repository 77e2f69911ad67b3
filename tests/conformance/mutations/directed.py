"""Mutations that aim at one check: at its context, or at what its test looks at."""

import re
from copy import deepcopy

from lxml import etree

from tests.conformance.mutations.expressions import Step, alternatives, paths
from tests.conformance.mutations.material import Case, name_of
from tests.conformance.mutations.values import changed, nearby
from tests.conformance.rule_sets.checks import Check

_WANTED = re.compile(
    r"([\w:@/.-]+)\s*\)*\s*(?:=|eq)\s*(?:'([^']*)'|\"([^\"]*)\"|(true|false)\(\)|([0-9.]+))"
)


def aim(case: Case) -> str | None:
    """Change something that a check chosen at random looks at, where its context matches."""
    return aim_at(case, case.random.choice(case.material.checks.checks))


def aim_at(case: Case, check: Check) -> str | None:
    """Change something that a check looks at, where its context matches."""
    context = _context(case, check)
    if context is None:
        return None
    looked_at = paths(check.test, case.material.checks.namespaces)
    own = (False, ())
    absolute, steps = case.random.choice([*looked_at, *looked_at, own])
    if case.random.random() < 0.15 and (done := _satisfy(case, context, check.test)):
        return f"{check.rule}: {done}"
    start = case.root if absolute else context
    done = _change(case, start, steps[1:] if absolute else steps)
    return f"{check.rule}: {done}" if done else None


def _context(case: Case, check: Check) -> etree._Element | None:
    """Return an element that a check's context may match; made when there is none."""
    namespaces = case.material.checks.namespaces
    patterns = alternatives(check.context)
    pattern = case.random.choice(patterns) if patterns else "/*"
    found = paths(pattern, namespaces)
    steps = [step for step in found[0][1] if not step.startswith("@")] if found else []
    if not steps:
        return case.element()
    matching = [
        each for each in case.root.iter(steps[-1]) if len(steps) < 2 or _parent(each) == steps[-2]
    ]
    context = case.random.choice(matching) if matching else _made(case, steps)
    if context is not None and case.random.random() < 0.6:
        _satisfy(case, context, pattern[pattern.rfind("/") :])
    return context


def _parent(element: etree._Element) -> str | None:
    parent = element.getparent()
    return str(parent.tag) if parent is not None else None


def _made(case: Case, steps: list[Step]) -> etree._Element | None:
    """Create the elements of a path, from another document where one has them."""
    if steps[-1] in {each.tag for each in case.root.iter()} and len(steps) < 2:
        return None
    for parent_tag, donor in case.donors(steps[-1]):
        home = next(case.root.iter(parent_tag), None)
        if home is not None:
            copy = deepcopy(donor)
            home.append(copy)
            return copy
    here: etree._Element | None = None
    rest = list(steps)
    while rest and (here := next(case.root.iter(rest[0]), None)) is None:
        if rest[0] == steps[0]:
            here = case.root
            break
        rest.pop(0)
    if here is None:
        return None
    rest = rest[1:] if here.tag == rest[0] else rest
    for step in rest:
        child = here.find(step)
        here = child if child is not None else etree.SubElement(here, step)
    return here if here is not case.root else None


def _satisfy(case: Case, context: etree._Element, expression: str) -> str | None:
    """Give a context the values that equalities of an expression ask for."""
    done = None
    for path, one, two, boolean, number in _WANTED.findall(expression):
        found = paths(path, case.material.checks.namespaces)
        if not found or case.random.random() < 0.2:
            continue
        text = one or two or boolean or number
        here = context
        for step in found[0][1]:
            if step.startswith("@"):
                here.set(step[1:], text)
                break
            if step == "..":
                parent = here.getparent()
                here = parent if parent is not None else here
                continue
            child = here.find(step)
            here = child if child is not None else etree.SubElement(here, step)
        else:
            if len(here) == 0:
                here.text = text
        done = f"{path} = {text!r}"
    return done


def _change(case: Case, start: etree._Element, steps: tuple[Step, ...]) -> str | None:
    """Follow a path; change what is there, or make what is missing."""
    here = start
    for number, step in enumerate(steps):
        if step.startswith("@"):
            return _attribute(case, here, step[1:])
        following = _follow(case, here, step)
        if following is None:
            return _insert(case, here, steps[number:])
        here = following
    return _change_element(case, here)


def _change_element(case: Case, here: etree._Element) -> str | None:
    way = case.random.randrange(10)
    parent = here.getparent()
    if parent is not None and way < 2:
        case.detach(here)
        return f"remove {name_of(here)}"
    if parent is not None and way == 2:
        parent.insert(parent.index(here) + 1, deepcopy(here))
        return f"double {name_of(here)}"
    if len(here) == 0:
        old = here.text or ""
        near = way < 6 and old.strip()
        here.text = nearby(case.random, old) if near else changed(case.random, old, case.literals)
        return f"value of {name_of(here)}: {here.text!r:.60}"
    if parent is None or way < 6:
        return None
    here.clear()
    return f"clear {name_of(here)}"


def _follow(case: Case, here: etree._Element, step: Step) -> etree._Element | None:
    if step == "..":
        parent = here.getparent()
        return parent if parent is not None else here
    children = list(here.iterchildren(step))
    return case.random.choice(children) if children else None


def _attribute(case: Case, here: etree._Element, name: str) -> str:
    if name in here.attrib and case.random.random() < 0.4:
        del here.attrib[name]
        return f"remove @{name} of {name_of(here)}"
    here.set(name, changed(case.random, here.get(name, ""), case.literals))
    return f"@{name} of {name_of(here)}: {here.get(name)!r:.60}"


def _insert(case: Case, here: etree._Element, steps: tuple[Step, ...]) -> str:
    first = here
    for step in steps:
        if step.startswith("@"):
            here.set(step[1:], changed(case.random, "1", case.literals))
            break
        if step == "..":
            continue
        donors = [each for tag, each in case.donors(step) if tag == here.tag]
        if donors and case.random.random() < 0.6:
            child = deepcopy(case.random.choice(donors))
            here.append(child)
            here = child
            break
        here = etree.SubElement(here, step)
    if len(here) == 0 and not (here.text or "").strip() and case.random.random() < 0.9:
        here.text = changed(
            case.random, case.random.choice(("1", "x", "2024-01-01")), case.literals
        )
    return f"insert {'/'.join(step.rpartition('}')[2] for step in steps)} in {name_of(first)}"
