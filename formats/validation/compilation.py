"""From the bytes of a rule set to Python code: only where nobody has kept what comes out.

Apart from `rules`, so that a process that finds its rule sets compiled does not load the compiler.
"""

from types import CodeType

from formats import xml
from formats.validation.compiler.program import compiled
from formats.validation.engine import EngineError
from formats.validation.schematron import source
from formats.validation.schematron.model import RuleSet, UnsupportedRuleError
from formats.validation.xpath.lexer import XPathSyntaxError
from formats.validation.xslt import stylesheet
from schemas import Artefact, Kind


def read(artefact: Artefact) -> RuleSet:
    """Return what a rule set says, from either of its forms.

    Raises:
        UnsupportedRuleError: It uses what nobody here knows.
        XPathSyntaxError: It has an expression that is none.
        UnreadableDocumentError: A file of it is not XML.
    """
    reader = source.read if artefact.kind is Kind.SCHEMATRON else stylesheet.read
    return reader(artefact.files, artefact.entry)


def code_of(artefact: Artefact) -> tuple[CodeType, RuleSet]:
    """Return the quick form of a rule set, and what it was made of.

    Raises:
        EngineError: It cannot be compiled; nothing is judged by it.
    """
    try:
        rules = read(artefact)
        text = compiled(rules, optimise=True)
    except (UnsupportedRuleError, XPathSyntaxError, xml.UnreadableDocumentError) as error:
        raise EngineError(f"{artefact.id} cannot be compiled: {error}") from error
    return compile(text, f"<{artefact.id}>", "exec"), rules


def exact_code_of(artefact: Artefact) -> CodeType:
    """Return the form that does every step as written; `code_of` has taken the rule set before."""
    text = compiled(read(artefact), optimise=False)
    return compile(text, f"<{artefact.id}, exact>", "exec")
