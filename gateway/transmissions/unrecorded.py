"""An outcome that cannot be written down, told apart from a database that is away."""

from collections.abc import Iterator
from contextlib import contextmanager

from gateway.kit.database import is_transient


class UnrecordedError(Exception):
    """What came of an attempt could not be kept, though the database is there.

    Its cause says why: the archive takes no evidence, or the answer is nothing that can be kept.

    Attributes:
        state: In which state the row was left.
    """

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@contextmanager
def keeping(state: str, *, ended: bool, passing: tuple[type[Exception], ...]) -> Iterator[None]:
    """Run what writes down how an attempt ended.

    Args:
        state: In which state the row is until that is written.
        ended: Whether an attempt ended at all.
        passing: Errors that are about the row's owner, not about what is written.

    Raises:
        UnrecordedError: It cannot be written.
    """
    try:
        yield
    except passing:
        raise
    except Exception as error:
        if not ended or is_transient(error):
            raise
        raise UnrecordedError(state) from error
