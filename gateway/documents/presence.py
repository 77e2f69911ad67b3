"""Whether a document is there."""

from gateway.documents.repository import DocumentRow
from gateway.gone import DocumentDestroyedProblem
from gateway.problems import NotFoundProblem


def there(row: DocumentRow | None) -> DocumentRow:
    """Return a document that was looked for.

    Raises:
        NotFoundProblem: There is none for this caller.
        DocumentDestroyedProblem: It was destroyed.
    """
    if row is None:
        raise NotFoundProblem
    if row.destroyed_at is not None:
        raise DocumentDestroyedProblem(row.kind.prefix, row.id, row.destroyed_at)
    return row
