"""The verifier that lies in a bundle, run by a Python that has nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.gateway.archive.bundles import KEY, STRANGER, bundle, forged_at, members

TRUSTED = str(KEY.verifier)
WHOLE = bundle({"invoice.xml": ("document", b"<Invoice/>")})


def bare(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python without the environment (-I) and without installed packages (-S)."""
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-S", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "verify.py").write_bytes(members(WHOLE)["verify.py"])
    (tmp_path / "whole.zip").write_bytes(WHOLE)
    return tmp_path


def test_a_bare_python_has_no_cryptography(folder: Path) -> None:
    assert "ModuleNotFoundError" in bare(folder, "-c", "import cryptography").stderr


def test_a_whole_bundle_is_vouched_for(folder: Path) -> None:
    done = bare(folder, "verify.py", "whole.zip", "--key", TRUSTED)
    assert (done.returncode, done.stderr) == (0, "")
    assert "authentic:  yes" in done.stdout
    assert "R-2026-1" in done.stdout


def test_what_was_changed_is_named(folder: Path) -> None:
    (folder / "damaged.zip").write_bytes(WHOLE.replace(b"<Invoice/>", b"<invoice/>"))
    done = bare(folder, "verify.py", "damaged.zip", "--key", TRUSTED)
    assert done.returncode == 1
    assert "evidence/0001-invoice.xml" in done.stdout


def test_a_signature_is_checked_without_cryptography(folder: Path) -> None:
    (folder / "forged.zip").write_bytes(forged_at(WHOLE, "manifest.sig"))
    done = bare(folder, "verify.py", "forged.zip")
    assert done.returncode == 1
    assert "does not fit the text" in done.stdout


def test_another_key_is_not_believed(folder: Path) -> None:
    other = str(STRANGER.verifier)
    assert bare(folder, "verify.py", "whole.zip", "--key", other).returncode == 3
    assert bare(folder, "verify.py", "whole.zip", "--key", "nonsense").returncode == 2


def test_a_checkpoint_that_was_kept_is_compared(folder: Path) -> None:
    (folder / "kept").write_bytes(members(WHOLE)["checkpoint"])
    done = bare(folder, "verify.py", "whole.zip", "--key", TRUSTED, "--checkpoint", "kept")
    assert done.returncode == 0
    assert "append-only since your checkpoint: yes" in done.stdout
