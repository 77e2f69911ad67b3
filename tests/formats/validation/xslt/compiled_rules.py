"""An official compiled rule set, seen twice: as plain XML and as our reader reads it."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from formats.validation.schematron.model import Cases, Check, Each, RuleSet, Statement
from formats.validation.xslt.stylesheet import read

XSL = "{http://www.w3.org/1999/XSL/Transform}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@dataclass
class Compiled:
    """A stylesheet. What is counted in `xml` owes nothing to the reader under test."""

    path: Path
    xml: etree._Element

    @property
    def files(self) -> dict[str, bytes]:
        content = self.path.read_bytes()
        others = re.findall(rb"document\((?:'|&quot;)([^'&]+)(?:'|&quot;)\)", content)
        names = {name.decode() for name in others}
        return {self.path.name: content} | {
            name: (self.path.parent / name).read_bytes() for name in names
        }

    @cached_property
    def rule_set(self) -> RuleSet:
        return read(self.files, self.path.name)

    @property
    def checks_in_xml(self) -> list[etree._Element]:
        return list(self.xml.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report"))

    @property
    def rule_templates(self) -> list[etree._Element]:
        """Templates in a mode that say that a rule fired, in the order of the file."""
        return [
            template
            for template in self.xml.iterchildren(f"{XSL}template")
            if template.get("mode") and next(template.iter(f"{SVRL}fired-rule"), None) is not None
        ]

    @property
    def checks(self) -> list[Check]:
        return [
            check
            for pattern in self.rule_set.patterns
            for rule in pattern.rules
            for check in flat(rule.body)
        ]


def flat(body: tuple[Statement, ...]) -> list[Check]:
    found = []
    for statement in body:
        match statement:
            case Check():
                found.append(statement)
            case Cases(branches=branches, otherwise=otherwise):
                for _, inside in branches:
                    found += flat(inside)
                found += flat(otherwise)
            case Each(body=inside):
                found += flat(inside)
            case _:
                pass
    return found
