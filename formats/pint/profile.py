"""The profiles of PINT.

Every jurisdiction takes the shared rules and aligns them: a set of its own comes after them, or an
edition of the shared ones made for self-billing or for sellers outside the tax. Identifiers are
those of the rule files (ibr-001, aligned-ibrp-001, -002) and of the examples beside them.

Our rules of EN 16931 are not asked: tax is not VAT here, and codes are the jurisdiction's.
"""

from dataclasses import replace

from formats.profile import Profile
from formats.ubl.profile import EN16931_UBL

BILLING = "urn:peppol:bis:billing"
SELF_BILLING = "urn:peppol:bis:selfbilling"

_SHARED = "org.peppol.pint:billing"

PINT = replace(
    EN16931_UBL,
    id="pint",
    name="PINT",
    customization_id="urn:peppol:pint:billing-1",
    process_id=BILLING,
    rule_sets=(_SHARED,),
    rules=(),
    addressed=True,
)


def _jurisdiction(name: str, title: str) -> Profile:
    """Return the billing profile of a jurisdiction that takes the shared rules as they are."""
    return replace(
        PINT,
        id=f"pint-{name}",
        name=f"PINT {title}",
        customization_id=f"urn:peppol:pint:billing-1@{name}-1",
        rule_sets=(_SHARED, f"org.peppol.pint:{name}-jurisdiction"),
    )


def _edition(base: Profile, kind: str, title: str, transaction: str) -> Profile:
    """Return a profile whose jurisdiction has an edition of both rule files for it."""
    family = f"org.peppol.pint:{base.id.removeprefix('pint-')}-{kind}"
    jurisdiction = base.customization_id.partition("@")[2]
    return replace(
        base,
        id=f"{base.id}-{kind}",
        name=f"{base.name} {title}",
        customization_id=f"urn:peppol:pint:{transaction}-1@{jurisdiction}",
        process_id=SELF_BILLING if transaction == "selfbilling" else BILLING,
        rule_sets=(family, f"{family}-jurisdiction"),
    )


def _self_billing(base: Profile) -> Profile:
    return _edition(base, "self-billing", "self-billing", "selfbilling")


PINT_EU = replace(
    _jurisdiction("eu", "EU"),
    rule_sets=(_SHARED, "org.peppol.pint:eu-en16931", "org.peppol.pint:eu-jurisdiction"),
)
PINT_AUNZ = _jurisdiction("aunz", "A-NZ")
PINT_SG = _jurisdiction("sg", "SG")
PINT_JP = _jurisdiction("jp", "JP")
PINT_MY = _jurisdiction("my", "MY")
# The Emirates and Oman publish their own edition of the shared rules for billing too.
PINT_AE = replace(
    _jurisdiction("ae", "AE"),
    rule_sets=("org.peppol.pint:ae", "org.peppol.pint:ae-jurisdiction"),
)
PINT_OM = replace(
    _jurisdiction("om", "OM"),
    rule_sets=("org.peppol.pint:om", "org.peppol.pint:om-jurisdiction"),
)

PINT_PROFILES = (
    PINT,
    PINT_EU,
    PINT_AUNZ,
    _self_billing(PINT_AUNZ),
    PINT_SG,
    PINT_JP,
    _self_billing(PINT_JP),
    _edition(PINT_JP, "non-tax", "non-tax invoice", "nontaxinvoice"),
    PINT_MY,
    _self_billing(PINT_MY),
    PINT_AE,
    _self_billing(PINT_AE),
    PINT_OM,
    _self_billing(PINT_OM),
)
