"""The version of the software: one for all packages (SemVer)."""

VERSION = "0.1.0"
