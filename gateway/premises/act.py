"""The internal act of an entity, out of its settings, premises and series."""

import datetime
from collections.abc import Mapping
from typing import Any

from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from formats.pdf.internal_act import Device, InternalAct, Premise
from gateway import number_patterns
from gateway.kit.tenancy import TenantTransaction
from gateway.numbering import service as numbering
from gateway.premises.problems import PremiseSchemeProblem
from gateway.premises.repository import PREMISES
from gateway.tenants import service as tenants

_KINDS = {
    "A": "premični poslovni prostor",
    "B": "na stalnem mestu",
    "C": "posamezna elektronska naprava brez poslovnega prostora",
}
_FURS = "si-furs"


def internal_act(tx: TenantTransaction, adopted_on: datetime.date) -> InternalAct:
    """Return what the entity's internal act says on a day.

    Premises that are closed are in it: numbers were given there.

    Raises:
        PremiseSchemeProblem: The entity tells FURS of nothing.
    """
    entity = tenants.get_entity(tx, tx.entity_id)
    chosen = entity.settings.get("fiscalization") or {}
    if chosen.get("scheme") != _FURS:
        raise PremiseSchemeProblem(
            f"The entity's scheme is {chosen.get('scheme') or 'not set'}; an internal act is for"
            " entities that tell FURS (settings.fiscalization)."
        )
    seller = Seller.model_validate(without_blanks(entity.seller))
    number = seller.vat_identifier or seller.tax_registration_identifier or ""
    premises = sorted(PREMISES.rows(tx), key=lambda one: one.code)
    return InternalAct(
        name=seller.name or "",
        address=_address(seller),
        tax_number=number.removeprefix("SI"),
        numbering=chosen.get("numbering", "B"),
        operator=chosen.get("operator_tax_number"),
        premises=tuple(
            Premise(one.code, _place(one.content), one.valid_from, one.state) for one in premises
        ),
        devices=_devices(tx, adopted_on),
        adopted_on=adopted_on,
    )


def _address(seller: Seller) -> tuple[str, ...]:
    place = seller.postal_address
    if place is None:
        return ()
    town = " ".join(part for part in (place.post_code, place.city) if part)
    return tuple(part for part in (place.line_1, place.line_2, place.line_3, town) if part)


def _place(content: Mapping[str, Any]) -> str:
    """Return what and where a premise is, in words."""
    estate = content.get("real_estate")
    if estate is None:
        return _KINDS[content["premise_type"]]
    where, part = estate["address"], estate["property"]
    number = f"{where['house_number']}{where.get('house_number_addition') or ''}"
    return (
        f"{where['street']} {number}, {where['postal_code']} {where['city']}"
        f" ({where['community']}); katastrska občina {part['cadastral_community']},"
        f" stavba {part['building']}, del {part['section']}"
    )


def _devices(tx: TenantTransaction, day: datetime.date) -> tuple[Device, ...]:
    """Return the devices: the series that have one, and give numbers still."""
    rows = [
        row
        for row in numbering.listed(tx)
        if row.kind == "gapless" and row.premise and row.device and row.archived_at is None
    ]
    return tuple(
        Device(
            row.premise,
            row.device,
            row.code,
            number_patterns.write(row.pattern, row.names, row.first_number, day),
            row.reset.value,
        )
        for row in sorted(rows, key=lambda row: (row.premise, row.device, row.code))
    )
