"""What retrievals of evidence are made of: what documents say of themselves, whichever way."""

from uuid import UUID

from gateway.documents import bundled
from gateway.documents.service import Documents
from gateway.evidence_sets.retrieval import Retrievals, Told
from gateway.exports.service import Exports
from gateway.inbox import bundles
from gateway.inbox.service import Inbox
from gateway.jobs.registry import Jobs
from gateway.kit.scope import Direction
from gateway.kit.tenancy import TenantTransaction


def retrievals_of(documents: Documents, inbox: Inbox, exports: Exports, jobs: Jobs) -> Retrievals:
    """Return the retrievals of an installation; the jobs of the process do them."""

    def issued(tx: TenantTransaction, document_id: UUID) -> bundled.Told:
        return bundled.told(documents, tx, documents.get(tx, document_id))

    def received(tx: TenantTransaction, received_id: UUID) -> bundles.Told:
        return bundles.told(tx, inbox.get(tx, received_id))

    told: dict[Direction, Told] = {"issued": issued, "received": received}
    return Retrievals.open(documents.archive, told, exports, jobs)
