"""What the database knows of a draft that is to be issued; the network is asked elsewhere."""

from dataclasses import dataclass
from uuid import UUID

from countries.base import Country
from formats.findings import Flag
from gateway.chains import service as chains
from gateway.chains.problems import ChainOwnerProblem, NumberKnownProblem
from gateway.documents.rehearsal import Rehearsal
from gateway.kit.clock import written
from gateway.kit.tenancy import TenantTransaction
from gateway.preflight.lights import Check, Light


def rules(found: Rehearsal) -> Check:
    """Return whether the bytes would pass every rule that judges them."""
    flags = [finding.flag for finding in found.report.findings]
    fatal, warnings = flags.count(Flag.FATAL), flags.count(Flag.WARNING)
    data = {"findings": found.findings}
    if fatal:
        return Check("rules", Light.RED, f"{fatal} rules are broken; see findings.", data)
    if warnings:
        return Check("rules", Light.AMBER, f"Valid, with {warnings} warnings.", data)
    return Check("rules", Light.GREEN, "Every rule that judges it passes.", data)


def layers(found: Rehearsal, *, live: bool) -> Check:
    """Return whether every layer can judge."""
    absent = [layer for layer in found.report.layers if not layer.ran]
    if not absent:
        return Check("layers", Light.GREEN, "Every layer judged.")
    named = "; ".join(f"{layer.id}: {layer.reason}" for layer in absent)
    light = Light.RED if live else Light.AMBER
    return Check("layers", light, f"Not judged: {named}. `gateway schemas sync` gets the files.")


def issuing(found: Rehearsal) -> Check:
    """Return whether anything but a rule stands in the way, and the number it would get."""
    if found.problem is not None and not _of_rules(found):
        problem = found.problem
        refused = {"problem": problem.as_dict("")}
        return Check("series", Light.RED, f"{problem.title}: {problem}", refused)
    if found.number is None:
        return Check("series", Light.AMBER, "The number is not known before the rest is mended.")
    data = {"number": found.number, "series": found.series or ""}
    return Check("series", Light.GREEN, f"It would be {found.number}, if nobody is quicker.", data)


def _of_rules(found: Rehearsal) -> bool:
    problem = found.problem
    return problem is not None and problem.type in {"invoice-not-compliant", "layer-missing"}


def vat_number(found: Rehearsal) -> Check:
    """Return whether the answer about the buyer's VAT number is one to rely on."""
    if found.awaited is not None:
        reason = f"It would be held until somebody answers about {found.awaited}."
        return Check("vat_number", Light.AMBER, reason, {"number": found.awaited})
    reliance = found.prepared.tax.reliance
    if found.buyer_number is None or not reliance.exists:
        return Check("vat_number", Light.GREEN, "Its tax rests on no VAT number.")
    checked = reliance.checked
    data = {
        "number": found.buyer_number,
        "outcome": None if checked is None else checked.outcome,
        "asked_at": None if checked is None else written(checked.asked_at),
    }
    if reliance.answer == "confirmed":
        return Check("vat_number", Light.GREEN, "The answer is recent enough to rely on.", data)
    return Check(
        "vat_number",
        Light.AMBER,
        f"{found.buyer_number} is not confirmed: POST /v1/vat-checks asks now.",
        data,
    )


def deadline(found: Rehearsal, country: Country | None) -> Check:
    """Return whether the law's time for issuing is over."""
    invoice = found.prepared.invoice
    issued = invoice.issue_date
    supplied = invoice.value_added_tax_point_date
    if supplied is None and invoice.delivery_information is not None:
        supplied = invoice.delivery_information.actual_delivery_date
    if country is None or issued is None or supplied is None or not country.deadlines:
        return Check("deadline", Light.GREEN, "No day of supply, or no deadline that we know.")
    last = max(
        rule.last_day(supplied)
        for rule in country.deadlines
        if rule.since is None or rule.since <= supplied
    )
    data = {"last_day": last.isoformat(), "days_left": (last - issued).days}
    if issued > last:
        late = (issued - last).days
        return Check("deadline", Light.AMBER, f"Late by {late} days: {last} was the last.", data)
    return Check("deadline", Light.GREEN, f"{(last - issued).days} days are left.", data)


@dataclass(frozen=True, slots=True)
class Claim:
    """A chain that is nobody's yet: a record makes it the chain of an owner.

    Attributes:
        chain_key: Which.
        owner: Whose it would become.
        entity_id: Of which entity.
    """

    chain_key: str
    owner: str
    entity_id: UUID


def chain(tx: TenantTransaction, found: Rehearsal) -> Check | Claim | None:
    """Return whether the entity's chain takes a record; None where there is none.

    Whether a chain may be claimed is asked over all tenants: `claimed` says it.
    """
    scheme = None if found.duty is None else found.duty.scheme
    seat, invoice = found.seat, found.prepared.invoice
    key = None if scheme is None else scheme.chain_key(tx.entity_id, seat, invoice)
    if scheme is None or key is None:
        return None
    owner = scheme.chain_owner(seat, invoice)
    row = chains.current(tx, key)
    try:
        chains.refuse_known(tx, key, found.number or "")
        if row is not None and owner:
            chains.refuse_changed(row, owner)
    except (NumberKnownProblem, ChainOwnerProblem) as problem:
        return Check("chain", Light.RED, str(problem), problem.as_dict(""))
    if row is not None and row.state == "halted":
        return Check("chain", Light.RED, f"The chain is halted: {row.halted_because}")
    if owner and (row is None or not row.owner):
        return Claim(key, owner, tx.entity_id)
    if row is None:
        return Check("chain", Light.GREEN, "This record begins the chain.")
    return Check("chain", Light.GREEN, f"The chain is open at {row.next_sequence}.")


def claimed(tx: TenantTransaction, claim: Claim) -> Check:
    """Return whether a chain may become its owner's.

    Args:
        tx: A worker's, without a tenant.
        claim: Which, and whose.
    """
    try:
        chains.refuse_taken(tx, claim.chain_key, claim.owner, but_of=[claim.entity_id])
    except ChainOwnerProblem as problem:
        return Check("chain", Light.RED, str(problem), problem.as_dict(""))
    return Check("chain", Light.GREEN, f"This record begins the chain of {claim.owner}.")
