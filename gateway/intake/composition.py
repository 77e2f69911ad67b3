"""What takes documents in a process, as the settings say."""

from gateway.intake.collector import Bounds, Collector
from gateway.intake.service import Intake
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings


def collector_of(settings: Settings, database: Database, master_key: MasterKey) -> Collector:
    """Return what has requests written that come at the same time."""
    bounds = Bounds(
        settings.intake_waiting, settings.intake_waiting_bytes, settings.intake_seconds
    )
    return Collector(Intake(database, master_key).write, bounds)
