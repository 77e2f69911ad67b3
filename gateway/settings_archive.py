"""What an operator can set about the archive; part of `gateway.settings`."""

from pydantic import Field
from pydantic_settings import BaseSettings


class ArchiveSettings(BaseSettings):
    """Where evidence lies, and how."""

    archive_encrypted: bool = False
    """Whether new evidence is encrypted where it lies, with a key of each entity (AES-256-GCM).
    What is encrypted stays readable when this is taken back, and what is not when it is set."""

    archive_country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    """Where the archive's disks are, ISO 3166-1: laws that say where records lie are held to it.
    Unset: nothing is refused for that, and readiness says that nobody knows."""

    archive_scrub_days: float = Field(default=30, gt=0, le=3650)
    """From the end of one reading of all evidence to the next."""
