"""Official rule sets, compiled to Python and run: the engine of the third layer."""

import datetime
import hashlib
import marshal
from collections.abc import Callable, Mapping
from threading import Lock
from types import CodeType
from typing import Final, Protocol, TypeAlias

from formats import xml
from formats.findings import MORE, Finding, Flag
from formats.validation import wording
from formats.validation.document import Document
from formats.validation.engine import EngineError, NothingLookedError
from formats.validation.runtime.build import build
from formats.validation.runtime.engine import Found, Program, Stopped
from formats.validation.runtime.tree import Element, Node, Tree
from formats.validation.spelling import SPELLINGS, element_of
from formats.validation.stamp import STAMP
from schemas import Artefact

STOPPED: Final = "RULE-STOPPED"
"""A rule met an error while it ran: nothing is known of it, and the document is rejected."""

_DIGEST: Final = hashlib.sha256().digest_size

_MOST = 20_000
"""Findings of one rule set that are listed: a hostile document could have one per element."""


_MOST_PLACES: Final = 10_000
"""Different paths of names in one document: what a rule set does is worked out for each of them.
A document with every element of UBL's invoice has about 2,000 that anybody has ever used."""


class Store(Protocol):
    """Keeps what compiling made, so that it need not be made again."""

    def load(self, name: str) -> bytes | None:
        """Return what was kept under a name; None when there is nothing."""
        ...

    def save(self, name: str, content: bytes) -> None:
        """Keep something; failing to is no error, only slow."""
        ...


class CompiledRules:
    """Compiles a rule set when it is first asked for, keeps it, and runs it.

    Args:
        store: Keeps compiled rule sets between processes; None compiles in each.
        now: Tells the time to rules that ask for it.
        ticking: Called for each document; what it returns is called now and then while rules
            run, and raises `TimeSpentError`.
    """

    def __init__(
        self,
        store: Store | None = None,
        *,
        now: Callable[[], datetime.datetime] | None = None,
        ticking: Callable[[], Callable[[], None]] | None = None,
    ) -> None:
        self._store = store
        self._now = now
        self._ticking = ticking
        self._loaded: dict[tuple[str, str], _Loaded] = {}
        self._lock = Lock()

    def prepare(self, artefact: Artefact) -> None:
        """Compile or load a rule set.

        Raises:
            EngineError: It cannot be compiled; nothing is judged by it.
        """
        self._program(artefact)

    def run(
        self, artefact: Artefact, document: Document, *, anything: bool = False
    ) -> tuple[Finding, ...]:
        """Return what a rule set finds in a document, in document order; see `RuleEngine`."""
        loaded = self._program(artefact)
        tree = document.tree
        if len(tree.at) > _MOST_PLACES:
            raise EngineError(f"elements stand in more than {_MOST_PLACES} different paths")
        ticking = None if self._ticking is None else self._ticking()
        now = None if self._now is None else self._now()
        found, stopped, seen = loaded.program.run(tree, now, ticking)
        if not seen and not anything:
            raise NothingLookedError("no rule of the set looked at the document")
        if not found and not stopped:
            return ()
        return _findings(loaded, artefact.id, document, found, stopped)

    def _program(self, artefact: Artefact) -> "_Loaded":
        # Rule sets may share their files and differ in the one they begin with.
        key = (artefact.sha256, artefact.entry)
        loaded = self._loaded.get(key)
        if loaded is None:
            with self._lock:
                loaded = self._loaded.get(key)
                if loaded is None:
                    loaded = self._loaded[key] = self._load(artefact)
        return loaded

    def _load(self, artefact: Artefact) -> "_Loaded":
        return self._loaded_from_store(artefact) or self._compiled(artefact)

    def _loaded_from_store(self, artefact: Artefact) -> "_Loaded | None":
        content = self._kept(_name(artefact))
        if content is None:
            return None
        code, locations, documents = marshal.loads(content)  # noqa: S302 - our own, see Store
        return _Loaded(code, self._exactly(artefact), locations, documents)

    def _kept(self, name: str) -> bytes | None:
        """Return what is kept under a name; None when it is not that, is cut or garbled."""
        kept = None if self._store is None else self._store.load(name)
        if kept is None:
            return None
        digest, content = kept[:_DIGEST], kept[_DIGEST:]
        return content if _digest(name, content) == digest else None

    def _keep(self, name: str, content: bytes) -> None:
        if self._store is not None:
            self._store.save(name, _digest(name, content) + content)

    def _compiled(self, artefact: Artefact) -> "_Loaded":
        from formats.validation.compilation import code_of  # noqa: PLC0415 - the compiler

        code, rules = code_of(artefact)
        self._keep(_name(artefact), marshal.dumps((code, rules.locations, rules.documents)))
        return _Loaded(code, self._exactly(artefact), rules.locations, rules.documents)

    def _exactly(self, artefact: Artefact) -> Callable[[], CodeType]:
        name = _name(artefact, "exact")

        def exact() -> CodeType:
            content = self._kept(name)
            if content is not None:
                kept: CodeType = marshal.loads(content)  # noqa: S302 - our own, see Store
                return kept
            from formats.validation.compilation import exact_code_of  # noqa: PLC0415

            code = exact_code_of(artefact)
            self._keep(name, marshal.dumps(code))
            return code

        return exact


class _Loaded:
    """A rule set ready to run."""

    def __init__(
        self,
        code: CodeType,
        exact: Callable[[], CodeType],
        locations: str,
        documents: Mapping[str, bytes],
    ) -> None:
        self.program = Program(code, exact, {key: _tree(each) for key, each in documents.items()})
        self.spelled = SPELLINGS[locations]


def _tree(content: bytes) -> Tree:
    return build(content, lambda: xml.parse(content, _LIMITS))


_LIMITS = xml.Limits(bytes=64 * 1024 * 1024, elements=2_000_000, attributes_in_all=2_000_000)


def _digest(name: str, content: bytes) -> bytes:
    """Return what proves that content is whole and belongs to a name."""
    return hashlib.sha256(name.encode() + content).digest()


def _name(artefact: Artefact, form: str = "") -> str:
    """Return the name a compiled rule set is kept under: its bytes and this very compiler."""
    return hashlib.sha256(
        f"{artefact.sha256} {artefact.entry} {form} {STAMP}".encode()
    ).hexdigest()


_Fired: TypeAlias = tuple[int, Node, str, Exception | None]


def _findings(
    loaded: _Loaded,
    rule_set: str,
    document: Document,
    found: list[Found],
    stopped: list[Stopped],
) -> tuple[Finding, ...]:
    checks = loaded.program.checks
    fired: list[_Fired] = [(check, node, text, None) for check, node, text in found]
    fired += [(each.check, each.node, "", each.error) for each in stopped]
    fired.sort(key=lambda each: (each[1].position(), each[0]))
    listed, more = fired[:_MOST], fired[_MOST:]
    lines = document.lines
    said: dict[tuple[str, str], tuple[str, str | None]] = {}
    known: dict[Element, str] = {}
    findings = []
    for check, node, text, error in listed:
        rule, severity = checks[check]
        rule = rule or "unnamed"
        element = element_of(node)
        if error is not None:
            text = f"{rule} stopped with {error}"  # noqa: PLW2901 - no rule of the set says it
        words = said.get((rule, text))
        if words is None:
            message = wording.message(rule, text) if error is None else text
            words = said[rule, text] = message, wording.term(message)
        findings.append(
            Finding(
                rule=rule if error is None else STOPPED,
                rule_set=rule_set,
                flag=wording.flag(severity) if error is None else Flag.FATAL,
                message=words[0],
                term=words[1],
                location=loaded.spelled(node, known),
                line=None if element is None else lines.line(element.order),
            )
        )
    if more:
        findings.append(_more(more, rule_set, checks))
    return tuple(findings)


def _more(
    more: list[_Fired],
    rule_set: str,
    checks: tuple[tuple[str, str], ...],
) -> Finding:
    fatal = any(
        error is not None or wording.flag(checks[check][1]) is Flag.FATAL
        for check, _, _, error in more
    )
    return Finding(
        rule=MORE,
        rule_set=rule_set,
        flag=Flag.FATAL if fatal else Flag.WARNING,
        message=f"{len(more)} more findings are not listed.",
    )
