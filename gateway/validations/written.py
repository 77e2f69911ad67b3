"""A body judged as the document that would be written from it."""

from dataclasses import replace

from formats.explain.places import places_of
from formats.explain.repair import with_repairs
from formats.findings import Finding, Layer, LayerOutcome, Outcome, Report
from formats.validation.pipeline import judge_model
from formats.validation.recognition import RULE_SET
from gateway.compliance import national
from gateway.compliance.validation import Validator
from gateway.validations.agreement import with_disagreements
from gateway.validations.bodies import LAYER, Body
from gateway.validations.judged import JSON, Asked, Judged

_LONGEST_REASON = 300

_UNKNOWN = LayerOutcome(
    RULE_SET,
    Outcome.NOT_JUDGED,
    reason="it asks for a profile that is not known here",
    layer=Layer.SCHEMATRON,
)


def judge_body(body: Body, asked: Asked, validator: Validator) -> Judged:
    """Write the invoice of a body and judge the bytes, by its profile or by named rule sets.

    The rules of the seller's country judge it as well, where the country is declared: they speak
    of what `POST /v1/invoices` would refuse. They do not judge documents that others wrote.
    """
    day = asked.day
    read = LayerOutcome(LAYER, Outcome.RAN, layer=Layer.XSD)
    content = None
    try:
        content = body.profile.write(body.invoice)
    except Exception as error:  # noqa: BLE001 - a crash is an outcome
        report = judge_model(body.invoice, body.profile)
        report = Report((*report.layers, _not_written(body, error)), report.findings)
    else:
        if asked.rules:
            report = validator.validate_by(content, asked.rules, day)
        else:
            report = validator.validate(content, body.profile, day, invoice=body.invoice)
            report = with_disagreements(report, body.profile, validator.catalog, day)
    if not asked.rules:
        gaps = () if body.known else (_UNKNOWN,)
        findings = (*body.findings, *report.findings)
        report = _with_law(Report((*report.layers, *gaps), findings), body)
    report = Report((read, *report.layers), report.findings)
    report = _as_sent(report, body, content, asked, validator)
    return Judged(report, JSON, day, body.profile.id, content)


def _with_law(report: Report, body: Body) -> Report:
    """Add the national layer, where the country is declared."""
    if body.country is None:
        return report
    outcome, findings = national.judge(body.country, body.invoice)
    outcome = replace(outcome, layer=Layer.SEMANTIC)
    found = tuple(replace(each, layer=Layer.SEMANTIC) for each in findings)
    return Report((outcome, *report.layers), (*found, *report.findings))


def _as_sent(
    report: Report, body: Body, content: bytes | None, asked: Asked, validator: Validator
) -> Report:
    """Give findings their patches and the caller's own pointers; each finding once."""
    findings = with_repairs(
        report.findings,
        body.value,
        invoice=body.invoice,
        pointers=body.pointers,
        completed=body.completed,
        profile=body.profile,
        language=asked.language or "en",
        places=lambda: None if content is None else places_of(content, body.profile),
        enough=validator.time_is_up,
    )
    once: dict[tuple[str | None, ...], Finding] = {}
    for finding in findings:
        # "" is the body as a whole (RFC 6901): every finding says where, as well as anyone can.
        found = replace(
            finding, layer=finding.layer or Layer.SEMANTIC, pointer=finding.pointer or ""
        )
        key = (found.rule, found.rule_set, found.flag, found.pointer, found.location)
        once.setdefault(key, found)  # a warning never stands for what is fatal
    return Report(report.layers, tuple(once.values()))


def _not_written(body: Body, error: Exception) -> LayerOutcome:
    words = " ".join(str(error).split())[:_LONGEST_REASON]
    return LayerOutcome(
        f"formats.{body.profile.syntax.value}:writer",
        Outcome.CRASHED,
        reason=f"it cannot be written: {type(error).__name__}: {words}",
        layer=Layer.XSD,
    )
