"""What retention does in the background."""

from gateway.jobs.registry import Jobs
from gateway.kit.database import Database
from gateway.retention import extension, rounds


def arrange_rounds(jobs: Jobs, database: Database) -> None:
    """Have the processes look whether law changed, and keep documents longer where it did."""
    jobs.handler(rounds.KIND, extension.run)
    jobs.every(rounds.SECONDS, "retention.rounds", rounds.Rounds(database).look)
