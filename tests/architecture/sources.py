"""The source files of the house, read once, and parsed when somebody looks."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("gateway", "formats", "countries", "schemas")


@dataclass(frozen=True)
class SourceFile:
    """A Python file: where it is, what it says, and its syntax."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax; thousands of trees are not made while tests are collected."""
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        """Its path from the root of the repository, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def feature(self) -> str:
        """The second part of its path: `documents` in `gateway/documents/issue.py`."""
        return self.path.relative_to(ROOT).parts[1]


def read(path: Path) -> SourceFile:
    """Read one file."""
    return SourceFile(path, path.read_text(encoding="utf-8"))


@cache
def python_files(*folders: str) -> tuple[SourceFile, ...]:
    """Return the Python files below the given folders (the four packages by default)."""
    paths = (path for folder in folders or PACKAGES for path in (ROOT / folder).rglob("*.py"))
    return tuple(read(path) for path in sorted(paths))


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return the files of the repository; without git (a source archive), those of its folders."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 - whichever git made this clone
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        folders = (*PACKAGES, "tests", "docs", "scripts", "requirements", ".ci")
        files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
        return tuple(path for path in files if path.is_file() and "__pycache__" not in path.parts)
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def imports(file: SourceFile) -> set[str]:
    """Return the dotted names a file imports; `from a.b import c` gives `a.b.c`."""
    names: set[str] = set()
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for an attribute chain on a name, else an empty string."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""
