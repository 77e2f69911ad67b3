"""What both generators write at the top of a stylesheet: variables, functions, keys."""

from dataclasses import dataclass, field

from lxml import etree

from formats.validation.schematron.model import Function, Key, Let
from formats.validation.xslt.instructions import function, key, variable
from formats.validation.xslt.reading import SVRL, XSL, Source, tag_of, unsupported

_WITHOUT_EFFECT = {
    f"{XSL}output",  # how the report is written
    f"{SVRL}text",  # the skeleton's titles of patterns
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description",  # SchXslt's signature
}


@dataclass(slots=True)
class Declarations:
    """What stands at the top of a stylesheet, sorted by kind, in the order written."""

    variables: list[Let] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    templates: list[etree._Element] = field(default_factory=list)

    def add(self, source: Source, element: etree._Element) -> None:
        """Read one declaration.

        Raises:
            UnsupportedRuleError: It is none that is understood, or a function is declared twice.
        """
        match tag_of(element).removeprefix(XSL):
            case "template":
                self.templates.append(element)
            case "variable" | "param":
                self.variables.append(variable(source, element))
            case "function":
                self._add_function(element, function(source, element))
            case "key":
                self.keys.append(key(source, element))
            case _ if tag_of(element) in _WITHOUT_EFFECT:
                pass
            case _:
                raise unsupported(element, "not understood at the top of a stylesheet")

    def _add_function(self, element: etree._Element, new: Function) -> None:
        for known in self.functions:
            if known.name == new.name and len(known.parameters) == len(new.parameters):
                raise unsupported(element, f"the function {new.name} is declared twice")
        self.functions.append(new)
