"""What a template may say: a list of what is possible, everything else is refused."""

from dataclasses import dataclass, field

from jinja2 import nodes

from gateway.templates.limits import TemplateRefusedError

MAX_DEPTH = 50
"""How deeply a template may be nested."""
MAX_LOOPS = 3
"""Loops in loops."""
_MAX_ARGUMENT = 200  # characters of a filter's argument

FILTERS = frozenset(
    {
        *("capitalize", "default", "d", "e", "escape", "first", "join", "last", "length", "count"),
        *("lower", "title", "trim", "upper", "truncate", "money", "date"),
    }
)
"""Filters there are. Their arguments must be constants."""

_TESTS = frozenset({"defined", "undefined", "none", "string", "number", "sameas", "in"})
_EXPRESSIONS = (
    *(nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter),
    *(nodes.Test, nodes.Output, nodes.Template, nodes.If, nodes.For, nodes.Keyword, nodes.Neg),
)
EACH = "each round"  # no template can name it


@dataclass(slots=True)
class Walk:
    """What is known of a template while it is looked through.

    Attributes:
        known: Names it may ask for; None for any.
        loops: Names that the loops around have made.
    """

    known: frozenset[str] | None
    loops: list[frozenset[str]] = field(default_factory=list)

    def check(self, node: nodes.Node, depth: int = 0) -> None:
        """Refuse what is not possible; let every loop go through the filter `EACH`.

        Raises:
            TemplateRefusedError: Something is not.
        """
        line = node.lineno
        if depth > MAX_DEPTH:
            raise TemplateRefusedError("is nested too deeply", line)
        if not isinstance(node, _EXPRESSIONS):
            word = type(node).__name__.lower()
            raise TemplateRefusedError(f"uses {word}, which templates here cannot", line)
        if isinstance(node, nodes.For):
            return self._for(node, depth)
        if isinstance(node, nodes.Name):
            self._name(node)
        if isinstance(node, nodes.Filter | nodes.Test):
            self._applied(node)
        for child in node.iter_child_nodes():
            self.check(child, depth + 1)
        return None

    def _for(self, node: nodes.For, depth: int) -> None:
        if len(self.loops) >= MAX_LOOPS:
            raise TemplateRefusedError(f"has more than {MAX_LOOPS} loops in loops", node.lineno)
        if node.recursive or not isinstance(node.target, nodes.Name):
            raise TemplateRefusedError("loops in a way that is not possible here", node.lineno)
        if not isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.Getitem):
            raise TemplateRefusedError("loops over something else than a list", node.lineno)
        self.check(node.iter, depth + 1)
        node.iter = nodes.Filter(node.iter, EACH, [], [], None, None, lineno=node.lineno)
        self.loops.append(frozenset({node.target.name, "loop"}))
        for child in (*node.body, *([node.test] if node.test else [])):
            self.check(child, depth + 1)
        self.loops.pop()
        for child in node.else_:
            self.check(child, depth + 1)

    def _name(self, node: nodes.Name) -> None:
        if node.name in {"self", "caller", "varargs", "kwargs"}:
            raise TemplateRefusedError(f"asks for {node.name}, which there is not", node.lineno)
        if self.known is None or node.name in self.known:
            return
        if not any(node.name in names for names in self.loops):
            names = ", ".join(sorted(self.known))
            message = f"asks for {node.name}, which there is not; there are {names}"
            raise TemplateRefusedError(message, node.lineno)

    @staticmethod
    def _applied(node: nodes.Filter | nodes.Test) -> None:
        allowed = FILTERS if isinstance(node, nodes.Filter) else _TESTS
        if node.name not in allowed:
            word = "filter" if isinstance(node, nodes.Filter) else "test"
            message = f"uses the {word} {node.name}; there are {', '.join(sorted(allowed))}"
            raise TemplateRefusedError(message, node.lineno)
        arguments = [*node.args, *(pair.value for pair in node.kwargs)]
        if node.dyn_args or node.dyn_kwargs:
            raise TemplateRefusedError("passes arguments by a star", node.lineno)
        if not all(isinstance(argument, nodes.Const) for argument in arguments):
            raise TemplateRefusedError("arguments of filters must be constants", node.lineno)
        if any(len(str(argument.as_const())) > _MAX_ARGUMENT for argument in arguments):
            raise TemplateRefusedError("the argument of a filter is too long", node.lineno)
