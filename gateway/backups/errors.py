"""What goes wrong with backups."""


class BackupError(RuntimeError):
    """A backup cannot be made, read or restored; the message says why, and what to do."""
