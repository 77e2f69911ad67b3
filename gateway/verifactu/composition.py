"""What the runtime needs of this feature: its rounds, and that it follows settings."""

from gateway.jobs.registry import Jobs
from gateway.kit.database import Database
from gateway.verifactu import summaries
from gateway.verifactu.books import ForPurpose, follow_settings

__all__ = ["arrange_rounds", "follow_settings"]


def arrange_rounds(jobs: Jobs, database: Database, for_purpose: ForPurpose) -> None:
    """Have logs of events summed up again and again."""
    rounds = summaries.Rounds(database, for_purpose)
    jobs.every(summaries.SECONDS, "verifactu.summaries", rounds.look)
