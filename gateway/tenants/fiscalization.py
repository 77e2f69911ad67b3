"""Which authority records an entity's documents: a model for each scheme, and for whom it is."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from stdnum.hr import oib

from countries.es.counterparts import nif_of
from gateway.kit.moments import Day
from gateway.tenants.section import Section

ENVIRONMENTS = frozenset({"sandbox", "live"})


class SandboxFiscalization(Section):
    """Every invoice and credit note joins a chain of signed records that an authority clears.

    For sandbox entities: the authority is made up, no country has it. It needs keys of the
    purposes `fiscal-signature` and `client-tls`.
    """

    scheme: Literal["sandbox-authority"]


_Code = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9_.-]{0,29}$", examples=["INV"])]


class FursFiscalization(Section):
    """Slovenia: invoices and credit notes are verified by FURS when they are issued.

    It needs a key of the purpose `fiscal-signature` with the certificate that FURS gave, and
    numbers of the form premise-device-sequence.
    """

    scheme: Literal["si-furs"]
    numbering: Literal["B", "C"] = Field(
        default="B",
        description="The strategy of the internal act: `B` each device counts its invoices, `C`"
        " all devices of a business premise count together.",
    )
    tells: Literal["all", "cash"] = Field(
        default="all",
        description="Which documents FURS is told of: `all`; or `cash`, those that are not paid by"
        " transfer alone: an invoice that names no means of payment (BT-81) may be paid in cash.",
    )
    untold_series: tuple[_Code, ...] = Field(
        default=(),
        max_length=20,
        description="Codes of series whose documents are paid by transfer alone: FURS is not told"
        " of them, and one that names another means of payment is refused (SI-12).",
    )
    operator_tax_number: (
        Annotated[str, Field(pattern="^[1-9][0-9]{7}$", examples=["12345678"])] | None
    ) = Field(
        default=None,
        description="Tax number of who issues invoices; leave it out where nobody of them has a"
        " Slovenian one.",
    )


def _oib(number: str) -> str:
    if not oib.is_valid(number):
        raise ValueError("is no OIB: its check digit is wrong")
    return number


class CisFiscalization(Section):
    """Croatia: invoices and credit notes are told to CIS ("fiskalizacija") when they are issued.

    It needs a key of the purpose `fiscal-signature` with a certificate for fiscalization, as FINA
    gives it, and numbers of the form sequence/premise/device.
    """

    scheme: Literal["hr-cis"]
    numbering: Literal["N", "P"] = Field(
        default="N",
        description="OznSlijed, as the internal act says: `N` each device counts its invoices,"
        " `P` all devices of a business premise count together.",
    )
    operator_oib: (
        Annotated[
            str,
            AfterValidator(_oib),
            Field(pattern="^[0-9]{11}$", examples=["79517545745"]),
        ]
        | None
    ) = Field(
        default=None,
        description="OIB of who issues invoices; leave it out where machines do: the issuer's own"
        " is told.",
    )


def _nif(number: str) -> str:
    if nif_of(number) != number:
        raise ValueError("is no NIF: its control character is wrong")
    return number


class VerifactuFiscalization(Section):
    """Spain: a record of every invoice and credit note is chained, and goes to the AEAT.

    It needs a key of the purpose `client-tls`: the seller's certificate, or that of who may send
    for him. What names the program (SistemaInformatico) stands in every record, and in its
    producer's declaración responsable.
    """

    scheme: Literal["es-verifactu"]
    mode: Literal["verifactu", "no-verifactu"] = Field(
        default="verifactu",
        description="`verifactu`: every record is sent to the AEAT. `no-verifactu`: records are"
        " kept, signed with the key of the purpose `fiscal-signature`, beside a log of events;"
        " the AEAT has them when it asks. Whoever sent a record sends until the year ends.",
    )
    verifactu_until: Annotated[int, Field(ge=2026, le=2099)] | None = Field(
        default=None,
        description="The last year in which records are sent (FechaFinVeriFactu); from the next"
        " one on they are kept, as with `no-verifactu`.",
    )
    only_verifactu: bool = Field(
        default=True,
        description="TipoUsoPosibleSoloVerifactu: what the producer declares of the program: it"
        " can send its records, and nothing else. False where `no-verifactu` is possible.",
    )
    installation: str = Field(
        pattern="^[A-Za-z0-9._-]{1,100}$",
        examples=["1"],
        description="NumeroInstalacion: tells this gateway from its producer's others. A chain"
        " belongs to a seller and an installation; a new number begins a new chain.",
    )
    producer_name: str = Field(
        min_length=1, max_length=120, description="Name of who produces, and runs, the program."
    )
    producer_nif: Annotated[str, AfterValidator(_nif)] = Field(
        pattern="^[0-9A-Z]{9}$", examples=["B12345674"], description="His NIF."
    )
    producer_address: Annotated[str, Field(min_length=1, max_length=300)] | None = Field(
        default=None, description="His whole postal address, for his declaración responsable."
    )
    producer_contact: Annotated[str, Field(min_length=1, max_length=300)] | None = Field(
        default=None, description="How else he is reached: telephone, mail, a page."
    )
    system_name: str = Field(
        default="E-Invoice Gateway",
        min_length=1,
        max_length=30,
        description="NombreSistemaInformatico: the program's name.",
    )
    system_id: str = Field(
        default="EG",
        pattern="^[0-9A-Z]{2}$",
        description="IdSistemaInformatico: what the producer calls the program.",
    )
    system_description: Annotated[str, Field(min_length=1, max_length=2000)] | None = Field(
        default=None,
        description="Of what the program consists, and what it does, for the declaration; unset:"
        " our words.",
    )
    declared_version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.+-]{1,50}$")] | None = Field(
        default=None,
        description="For which version of the program the producer signed his declaration last.",
    )
    declared_on: datetime.date | None = Field(default=None, description="On which day.")
    declared_in: Annotated[str, Field(min_length=1, max_length=100)] | None = Field(
        default=None, description="In which town."
    )
    several_taxpayers: bool = Field(
        default=True,
        description="IndicadorMultiplesOT: this installation issues for other sellers, too.",
    )
    description: (
        Annotated[str, Field(min_length=1, max_length=500, examples=["Servicios"])] | None
    ) = Field(
        default=None,
        description="DescripcionOperacion of every document; unset: the names of its lines.",
    )

    @model_validator(mode="after")
    def _as_declared(self) -> Self:
        keeps = self.mode == "no-verifactu" or self.verifactu_until is not None
        if keeps and self.only_verifactu:
            raise ValueError(
                "only_verifactu says that the program can only send its records; set it to false"
                " where they are kept (mode, verifactu_until)"
            )
        if self.mode == "no-verifactu" and self.verifactu_until is not None:
            raise ValueError("verifactu_until is for who sends records still")
        return self

    def sends(self, day: datetime.date) -> bool:
        """Tell whether records of a day, in Spain, are sent to the AEAT."""
        return self.mode == "verifactu" and (
            self.verifactu_until is None or day.year <= self.verifactu_until
        )


class KsefFiscalization(Section):
    """Poland: invoices and corrections are FA(3) documents, which KSeF numbers and hands over.

    It needs a way in for its NIP: a key of the purpose `authentication` (the entity's seal, or a
    KSeF certificate), or a secret of the kind `ksef-token`. A key of the purpose
    `fiscal-signature` with a KSeF certificate of the type Offline signs the second QR code, for
    what is issued while KSeF is away.
    """

    scheme: Literal["pl-ksef"]
    receives: Literal["nothing", "buyer", "named"] = Field(
        default="nothing",
        description="What is fetched from KSeF into the inbox: `nothing`; `buyer`, invoices that"
        " name the entity as their buyer (Podmiot2); `named`, also those that name it as a third"
        " party (Podmiot3). It needs the permission InvoiceRead.",
    )
    receives_from: Day | None = Field(
        default=None,
        description="The first day of which they are fetched, when fetching begins; unset: the"
        " day on which it does. What was fetched before is not fetched again.",
    )


Fiscalization = Annotated[
    SandboxFiscalization
    | FursFiscalization
    | CisFiscalization
    | VerifactuFiscalization
    | KsefFiscalization,
    Field(discriminator="scheme"),
]


Keys = Mapping[str, tuple[Literal["sandbox", "sending"], ...]]
"""Purposes of keys, and what cannot be done without them: to issue, or to send."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Who may choose a scheme.

    Attributes:
        environments: In which environments it exists.
        country: Where its entities are; None: anywhere.
        keys: The purposes of the keys that it needs, and what cannot be done without each.
        instead: Kinds of secrets of which one does in place of the key for a purpose.
        uses: Purposes of keys that it can do without, and makes use of.
    """

    environments: frozenset[str] = ENVIRONMENTS
    country: str | None = None
    keys: Keys = field(default_factory=lambda: MappingProxyType({}))
    instead: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    uses: frozenset[str] = frozenset()


_SIGNS: Keys = MappingProxyType({"fiscal-signature": ("sandbox",)})
_SHOWS: Keys = MappingProxyType({"client-tls": ("sending",)})

BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {
        "sandbox-authority": Bounds(frozenset({"sandbox"}), keys={**_SIGNS, **_SHOWS}),
        "si-furs": Bounds(country="SI", keys=_SIGNS),
        "hr-cis": Bounds(country="HR", keys=_SIGNS),
        "es-verifactu": Bounds(country="ES", keys=_SHOWS),
        "pl-ksef": Bounds(
            country="PL",
            keys={"authentication": ("sending",)},
            instead={"authentication": "ksef-token"},
            uses=frozenset({"fiscal-signature"}),
        ),
    }
)
"""By scheme."""


def keys_of(chosen: Fiscalization) -> Keys:
    """Return the keys that a scheme needs as it is chosen."""
    if isinstance(chosen, VerifactuFiscalization) and chosen.mode == "no-verifactu":
        return _SIGNS
    return BOUNDS[chosen.scheme].keys


def unfit(scheme: str, environment: str, country: str) -> str | None:
    """Return why an entity cannot choose a scheme; None where it can."""
    bounds = BOUNDS[scheme]
    if environment not in bounds.environments:
        return f"is for {' and '.join(sorted(bounds.environments))} entities only"
    if bounds.country not in {None, country}:
        return f"is for entities in {bounds.country} only"
    return None
