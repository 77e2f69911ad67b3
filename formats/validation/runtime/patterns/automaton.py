"""Searching in linear time, whatever the text: all ways to match are followed at once.

Thompson's construction, made deterministic as the text needs it (Cox, Regular Expression Matching
Can Be Simple And Fast, 2007). It says whether something matches, not where, and cannot follow
references to groups.
"""

import re
from typing import ClassVar

from formats.validation.runtime.patterns.syntax import (
    Anchor,
    Character,
    Choice,
    Group,
    Piece,
    Repeat,
    Sequence,
)

_MOST_NODES = 4000
_MOST_MOVES = 20_000
_ACCEPT = 0


class TooLargeError(Exception):
    """The expression counts too far, or refers to groups: there is no automaton for it."""


class _State(dict[int, "_State"]):
    """Where the search may be before a character; maps kinds of characters to what follows.

    Attributes:
        nodes: The nodes of the automaton, before empty moves.
        begins: `^` matches here.
    """

    __slots__ = ("begins", "nodes")
    matched: ClassVar["_State"]

    def __init__(self, nodes: frozenset[int], *, begins: bool) -> None:
        super().__init__()
        self.nodes = nodes
        self.begins = begins


_State.matched = _State(frozenset(), begins=False)


class Automaton:
    """Searches texts for one expression.

    Args:
        piece: The expression.
        flags: Python's flags for classes of characters.
        lines: Anchors also match at lines.

    Raises:
        TooLargeError: It has too many nodes, or references.
    """

    def __init__(self, piece: Piece, flags: int, *, lines: bool) -> None:
        self._classes: list[re.Pattern[str]] = []
        self._class_numbers: dict[str, int] = {}
        self._flags = flags
        self._lines = lines
        # Per node: a class and what follows it, or an anchor ("^", "$", "") and what follows.
        self._takes: dict[int, tuple[int, int]] = {}
        self._empty: dict[int, list[tuple[str, int]]] = {}
        self._nodes = 1
        self._start = self._add(piece, _ACCEPT)
        self._kinds: dict[str, int] = {}
        self._members: dict[frozenset[int], int] = {}
        self._classes_of_kind: list[frozenset[int]] = []
        self._forget()

    def _forget(self) -> None:
        self._states: dict[tuple[frozenset[int], bool], _State] = {}
        self._moves = 0
        self._first = self._state(frozenset((self._start,)), begins=True)

    def search(self, text: str) -> bool:
        """Return whether the expression matches somewhere in a text."""
        state = self._first
        kinds = self._kinds
        matched = _State.matched
        for place, character in enumerate(text):
            kind = kinds.get(character)
            if kind is None:
                kind = self._kind(character)
            following = state.get(kind)
            if following is None:
                following = self._move(state, character, kind)
            if following is matched:
                return True
            state = following
            if self._lines and character == "\n" and place == len(text) - 1:
                # What comes after the last newline is no line.
                state = self._state(state.nodes, begins=False)
        return _ACCEPT in self._closure(state, ends=True)

    def _kind(self, character: str) -> int:
        """Return a number that is the same for characters no class tells apart."""
        members = {
            number
            for number, each in enumerate(self._classes)
            if each.match(character) is not None
        }
        if character == "\n":
            members.add(-1)
        kind = self._members.setdefault(frozenset(members), len(self._members))
        if kind == len(self._classes_of_kind):
            self._classes_of_kind.append(frozenset(members))
        if len(self._kinds) < _MOST_MOVES:
            self._kinds[character] = kind
        return kind

    def _move(self, state: _State, character: str, kind: int) -> _State:
        line_ends = self._lines and character == "\n"
        before = self._closure(state, ends=line_ends)
        if _ACCEPT in before:
            following = _State.matched
        else:
            members = self._classes_of_kind[kind]
            after = {self._start}
            for node in before:
                taken = self._takes.get(node)
                if taken is not None and taken[0] in members:
                    after.add(taken[1])
            following = self._state(frozenset(after), begins=line_ends)
        self._moves += 1 + len(following.nodes) // 8
        if self._moves > _MOST_MOVES:
            self._forget()
        state[kind] = following
        return following

    def _state(self, nodes: frozenset[int], *, begins: bool) -> _State:
        state = self._states.get((nodes, begins))
        if state is None:
            state = self._states[nodes, begins] = _State(nodes, begins=begins)
        return state

    def _closure(self, state: _State, *, ends: bool) -> set[int]:
        reached: set[int] = set()
        waiting = list(state.nodes)
        while waiting:
            node = waiting.pop()
            if node in reached:
                continue
            reached.add(node)
            for anchor, following in self._empty.get(node, ()):
                if not anchor or (state.begins if anchor == "^" else ends):
                    waiting.append(following)
        return reached

    def _node(self) -> int:
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise TooLargeError
        return self._nodes

    def _add(self, piece: Piece, following: int) -> int:
        """Add the nodes of a piece that is followed by a node; return its first."""
        if isinstance(piece, Group):
            return self._add(piece.inner, following)
        if isinstance(piece, Sequence):
            for each in reversed(piece.pieces):
                following = self._add(each, following)
            return following
        if isinstance(piece, Repeat):
            return self._add_repeat(piece, following)
        node = self._node()
        if isinstance(piece, Character):
            self._takes[node] = self._class(piece.text), following
        elif isinstance(piece, Anchor):
            self._empty[node] = [(piece.sign, following)]
        elif isinstance(piece, Choice):
            self._empty[node] = [("", self._add(each, following)) for each in piece.options]
        else:
            raise TooLargeError
        return node

    def _add_repeat(self, piece: Repeat, following: int) -> int:
        if piece.high is None:
            loop = self._node()
            self._empty[loop] = [("", following)]
            self._empty[loop].append(("", self._add(piece.inner, loop)))
            following = loop
        else:
            after = following
            for _ in range(piece.high - piece.low):
                optional = self._node()
                inner = self._add(piece.inner, following)
                self._empty[optional] = [("", after), ("", inner)]
                following = optional
        for _ in range(piece.low):
            following = self._add(piece.inner, following)
            self._node()
        return following

    def _class(self, text: str) -> int:
        number = self._class_numbers.get(text)
        if number is None:
            number = self._class_numbers[text] = len(self._classes)
            self._classes.append(re.compile(text, self._flags))
        return number
