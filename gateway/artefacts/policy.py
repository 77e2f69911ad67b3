"""How far a fetch may go: time, size, redirects, attempts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """The bounds of one sync.

    Attributes:
        attempts: Of one transfer, counting the first. Only what may pass by itself is tried
            again: no connection, silence, a cut transfer, 408, 425, 429 and 5xx.
        wait_seconds: Before the second attempt; doubled before each further one.
        connect_seconds: To reach a publisher.
        silence_seconds: The longest pause between two pieces of an answer.
        transfer_seconds: One file, from the request to its last byte, however steadily it drips.
        most_bytes: One file or archive; more is not read.
        redirects: Followed in a row, to the same https host only.
        lock_seconds: Waiting for another sync to finish.
    """

    attempts: int = 3
    wait_seconds: float = 1.0
    connect_seconds: float = 10.0
    silence_seconds: float = 30.0
    transfer_seconds: float = 300.0
    most_bytes: int = 64 * 1024 * 1024
    redirects: int = 3
    lock_seconds: float = 900.0
