"""Whose certificates count when the gateway calls others by TLS."""

import functools
import ssl
from pathlib import Path


def trusting(pem: Path | None = None) -> ssl.SSLContext:
    """Return a context for clients that verifies certificates and names; do not change it.

    To read the authorities of a machine takes 30 ms, many times what a mail or a request takes:
    they are read once, and again when they were changed on disk.

    Args:
        pem: File of the only certificates to trust; None trusts the machine's.
    """
    if pem is not None:
        return ssl.create_default_context(cafile=str(pem))
    paths = ssl.get_default_verify_paths()  # of OpenSSL's environment variables, too
    return _machines(paths.cafile, paths.capath, _changed(paths.cafile), _changed(paths.capath))


@functools.lru_cache(maxsize=1)
def _machines(*_files_and_when_they_changed: object) -> ssl.SSLContext:
    return ssl.create_default_context()


def _changed(path: str | None) -> int | None:
    """Return when a file or directory was changed; None when it is not there."""
    try:
        return None if path is None else Path(path).stat().st_mtime_ns
    except OSError:
        return None
