"""The ids of messages that came: some authorities want another one each time one is sent."""

from gateway.sandbox.kit.ledger import Book

TABLE = "create table if not exists message_id (id text primary key);"


class MessageIds:
    """The pages of a book about them."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def enter(self, identifier: str) -> bool:
        """Enter an id, and return whether none like it came before; inside `Book.writing`."""
        identifier = identifier.lower()
        if self._book.execute("select 1 from message_id where id = ?", (identifier,)):
            return False
        self._book.insert("message_id", {"id": identifier})
        return True
