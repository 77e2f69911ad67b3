"""What is reported of one document: what was said then, what is said now, and how they differ."""

import datetime
from dataclasses import dataclass
from typing import Any

from gateway.archive.service import ArchiveEntry
from gateway.kit.ids import public_id
from gateway.revalidations import verdicts
from gateway.revalidations.judging import Archived, Judge, UndatedError
from gateway.revalidations.repository import Chosen

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the evidence of a document lies.

    Attributes:
        content: The entry of its bytes.
        report: The entry of its first validation report.
    """

    content: ArchiveEntry | None
    report: ArchiveEntry | None


@dataclass(frozen=True, slots=True)
class Again:
    """Judges documents again.

    Attributes:
        judge: By the rules of a day.
        day: Which; None: each of its own.
    """

    judge: Judge
    day: datetime.date | None

    def judged(self, chosen: Chosen, evidence: Evidence, archived: Archived | None) -> Json:
        """Return what is reported of a document."""
        entry = evidence.content
        told: Json = {
            "id": chosen.public_id,
            "entity_id": public_id("ent", chosen.entity_id),
            "direction": chosen.direction,
            "kind": None if chosen.kind is None else chosen.kind.value,
            "number": chosen.number,
            "issue_date": None if chosen.issue_date is None else chosen.issue_date.isoformat(),
            "sha256": None if entry is None else entry.sha256.hex(),
            "log_index": None if entry is None else entry.log_index,
            "then": None,
            "now": None,
            "changed": False,
            "problem": None,
            "appeared": [],
            "gone": [],
            "not_asked_again": [],
        }
        if entry is None or archived is None:
            return told | {"problem": "no-evidence" if entry is None else "evidence-damaged"}
        try:
            day, report = self._judged(chosen, evidence, entry, archived)
        except UndatedError:
            return told | {"problem": "no-day"}
        told["now"] = self._side(report, day)
        if archived.report is None:
            return told | {"problem": "no-report-of-then"}
        told["then"] = self._then(chosen, evidence, archived.report)
        told |= verdicts.differences(archived.report, report)
        verdict = told["now"]["by_stand_ins"] or told["now"]["verdict"]
        differs = told["then"]["verdict"] != verdict
        told["changed"] = bool(differs or told["appeared"] or told["gone"])
        return told

    def _judged(
        self, chosen: Chosen, evidence: Evidence, entry: ArchiveEntry, archived: Archived
    ) -> tuple[datetime.date, verdicts.Report]:
        if chosen.direction == "issued":
            return self.judge.issued(archived, self.day)
        day = self.day or (evidence.report or entry).at.astimezone(datetime.UTC).date()
        return day, self.judge.received(archived, day)

    def _side(self, report: verdicts.Report, day: datetime.date) -> Json:
        manifest = self.judge.manifest
        standing = verdicts.stand_ins(report, day, manifest)
        return {
            "day": day.isoformat(),
            "verdict": verdicts.verdict_on(report, standing, manifest),
            "by_stand_ins": verdicts.verdict_of(report) if standing else None,
            "standing_in": [one.as_dict() for one in standing],
            "judged_by": verdicts.artefacts(report),
            "not_judged": verdicts.unjudged(report),
        }

    @staticmethod
    def _then(chosen: Chosen, evidence: Evidence, report: verdicts.Report) -> Json:
        """Say what was archived: the verdict as it was recorded, whatever stood in then."""
        entry = evidence.report
        day = None if entry is None else entry.at.astimezone(datetime.UTC).date()
        if chosen.direction == "issued":
            day = chosen.issue_date
        return {
            "day": None if day is None else day.isoformat(),
            "verdict": verdicts.verdict_of(report),
            "judged_by": verdicts.artefacts(report),
            "not_judged": verdicts.unjudged(report),
            "report_sha256": None if entry is None else entry.sha256.hex(),
        }
