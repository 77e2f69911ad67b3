"""Other people's files: which schema or rule set is in force on a day, and where its bytes are.

Nothing official is kept in the repository. `manifest/` names every artefact and the sha256 of
every file; `Catalog` finds the files on this machine, compares, and refuses what differs.
"""

from schemas.artefact import Artefact, Kind, Relation
from schemas.catalog import Availability, Catalog
from schemas.declaration import Declaration, Source, SourceType
from schemas.errors import ArtefactMissingError, UnknownArtefactError
from schemas.manifest import Manifest
from schemas.tables import ManifestError

__all__ = [
    "Artefact",
    "ArtefactMissingError",
    "Availability",
    "Catalog",
    "Declaration",
    "Kind",
    "Manifest",
    "ManifestError",
    "Relation",
    "Source",
    "SourceType",
    "UnknownArtefactError",
]
