"""Which processes belong to a cluster. A pid in a file proves nothing.

Pids are reused, a dead process may stay as a zombie, and a container starts counting again. So a
process counts only when it is alive, is called postgres and works in the cluster's directory. Root
in a container often lacks CAP_SYS_PTRACE and cannot see the working directory of another
account's process; there the command line and the shared memory segment are asked instead.
"""

import contextlib
from pathlib import Path

import psutil

_SHARED_MEMORY = Path("/proc/sysvipc/shm")


def postmaster(cluster: Path) -> psutil.Process | None:
    """Return the living server process of a cluster."""
    lines = _pid_file(cluster)
    if not lines:
        return None
    with contextlib.suppress(psutil.Error, ValueError):
        process = psutil.Process(int(lines[0]))
        if _is_postgres(process) and _belongs(process, cluster):
            return process
    return None


def members(cluster: Path) -> list[psutil.Process]:
    """Return all living processes that can be seen working in a cluster."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if _is_postgres(process) and _works_in(process, cluster):
                found.append(process)
    return found


def attached(cluster: Path) -> bool:
    """Tell whether anybody still holds the shared memory that the last postmaster made.

    Linux only; elsewhere False. This is PostgreSQL's own interlock, read without its rights: line
    7 of postmaster.pid names the segment, /proc/sysvipc/shm counts who is attached to it.
    """
    lines = _pid_file(cluster)
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid, (key, segment) = int(lines[0]), map(int, lines[6].split())
        for row in _SHARED_MEMORY.read_text().splitlines()[1:]:
            fields = row.split()  # key shmid perms size cpid lpid nattch ...
            same = (int(fields[0]), int(fields[1]), int(fields[4])) == (key, segment, pid)
            if same and int(fields[6]) > 0:
                return True
    return False


def _is_postgres(process: psutil.Process) -> bool:
    return process.status() != psutil.STATUS_ZOMBIE and process.name().startswith("postgres")


def _works_in(process: psutil.Process, cluster: Path) -> bool:
    return Path(process.cwd()) == cluster


def _belongs(process: psutil.Process, cluster: Path) -> bool:
    try:
        return _works_in(process, cluster)
    except psutil.AccessDenied:
        arguments = process.cmdline()
        return arguments[1:3] == ["-D", str(cluster)]


def _pid_file(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
