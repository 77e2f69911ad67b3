"""The fonts that stand in the repository are the publisher's, unchanged."""

import hashlib
from importlib import resources

FONTS = resources.files("formats.pdf") / "fonts"


def test_every_font_has_its_hash_and_its_licence() -> None:
    lines = (FONTS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    hashes = {name: digest for digest, name in (line.split() for line in lines)}
    files = {path.name: path for path in FONTS.iterdir() if path.name.endswith(".otf")}
    assert files.keys() == hashes.keys()
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == hashes[name]
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8").upper()
