"""How far long work is, on the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from gateway.backups.steps import Tell
from gateway.kit.console import err


@contextmanager
def progress() -> Iterator[Tell]:
    """Give what work is told to; it shows where somebody looks."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def tell(step: str, done: int, total: int | None) -> None:
            far = "" if total is None else f": {done} of {total}"
            bar.update(task, description=step + far)

        yield tell
