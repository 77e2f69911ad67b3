"""What is found wrong in a bundle, each place blamed once."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from .canonical import MalformedError
from .container import Container, damaged_content
from .result import Problem


@dataclass(frozen=True, slots=True)
class Listing:
    """What a manifest lists, and what is there.

    Attributes:
        folder: Stands before each of the names; empty, or ends in `/`.
        listed: Names with their digests, as the manifest has them.
        names: Names that are there, without the manifest itself.
        fixed: Names that are missed elsewhere.
    """

    folder: str
    listed: Mapping[str, object]
    names: frozenset[str]
    fixed: frozenset[str]


class Findings:
    """The problems of one bundle, while its parts are read."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._starts = {problem.start for problem in container.problems}
        self.problems = list(container.problems)

    def read(self, member: str) -> bytes:
        """Return the content of a member that is there."""
        return self._container.read(member)

    def damaged(self, member: str) -> bool:
        """Tell whether a problem with this member's content is known already."""
        place = self._container.members.get(member)
        return place is None or place.start in self._starts

    def blame(self, member: str, what: str) -> None:
        """Add a problem with the content of a member."""
        place = self._container.members[member]
        self._starts.add(place.start)
        self.problems.append(damaged_content(place, what))

    def miss(self, member: str) -> None:
        """Add that a member is missing."""
        self.add(member, "the member is missing")

    def add(self, member: str, what: str) -> None:
        """Add a problem with a name, not with the content that stands under it."""
        self.problems.append(Problem(member, what, member))

    def compare(self, listing: Listing) -> None:
        """Compare what a manifest lists with what is there."""
        folder, listed, names = listing.folder, listing.listed, listing.names
        for name in sorted(listed.keys() - names):
            if name not in listing.fixed:  # said before
                self.add(folder + name, "the manifest lists it, it is missing")
        for name in sorted(names - listed.keys()):
            self.blame(folder + name, "the manifest does not list it")
        for name in sorted(names & listed.keys()):
            self.compare_digest(folder + name, listed[name])

    def compare_digest(self, member: str, listed: object) -> None:
        """Compare a member with the digest that a manifest has of it."""
        content = self.read(member)
        digest = {"sha256": sha256(content).hexdigest(), "size": len(content)}
        if listed != digest and not self.damaged(member):
            self.blame(member, "its SHA-256 or size is not that of the manifest")


def manifest_members(manifest: Mapping[str, object]) -> Mapping[str, object]:
    """Return what a manifest lists.

    Raises:
        MalformedError: It lists nothing.
    """
    members = manifest.get("members")
    if not isinstance(members, dict):
        raise MalformedError("the manifest lists no members")
    return members
