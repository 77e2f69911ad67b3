"""What must be known of a sale before its VAT can be determined."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Scheme(StrEnum):
    """How a seller is taxed, beside the ordinary way.

    A seller with a VAT number and none of these is registered at home, and sells less than EUR
    10,000 a year to consumers in other member states (Directive 2006/112/EC, Article 59c). One
    without number and scheme is not registered.
    """

    SMALL_BUSINESS = "small_business"
    """Exempt at home (Article 284(1))."""
    SME_CROSS_BORDER = "sme_cross_border"
    """Exempt in other member states too (Article 284(2), from 2025)."""
    OSS_UNION = "oss_union"
    """The one-stop shop of sellers established in the Union (Articles 369a to 369k)."""
    OSS_NON_UNION = "oss_non_union"
    """The one-stop shop for services of sellers from outside (Articles 358a to 369)."""
    IOSS = "ioss"
    """The import one-stop shop (Articles 369l to 369x)."""
    DISTANCE_THRESHOLD_EXCEEDED = "distance_threshold_exceeded"
    """Above the EUR 10,000 of Article 59c, and in no one-stop shop."""
    TRIANGULATION = "triangulation"
    """The middle one of three (Articles 42, 141, 197)."""
    MARGIN_SECOND_HAND = "margin_second_hand"
    MARGIN_ART = "margin_art"
    MARGIN_COLLECTORS = "margin_collectors"
    """The margin schemes of dealers (Articles 312 to 325)."""
    MARGIN_TRAVEL = "margin_travel"
    """The margin scheme of travel agents (Articles 306 to 310)."""


class BuyerKind(StrEnum):
    """What the buyer is."""

    BUSINESS = "business"
    """A taxable person who buys for the business."""
    CONSUMER = "consumer"
    PUBLIC = "public"
    """A body that is not a taxable person, or not in this; with a VAT number it is treated as one
    where the place of a service is sought (Article 43)."""


class SupplyKind(StrEnum):
    """What is sold."""

    GOODS = "goods"
    SERVICE = "service"
    DIGITAL = "digital"
    """Telecommunication, broadcasting, electronically supplied services (Article 58)."""
    EVENT = "event"
    """Admission to, and services of, cultural, sporting, educational events (Articles 53, 54)."""
    REAL_ESTATE = "real_estate"
    """Services connected with immovable property (Article 47)."""
    TRANSPORT = "transport"
    """Of passengers or goods (Articles 48 to 51)."""


class Vies(StrEnum):
    """What the check of the buyer's number answered; taken as given."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells.

    Attributes:
        country: ISO 3166-1 alpha-2, or the code of a special territory; None when not known.
        vat_id: BT-31; None when the seller has none.
        schemes: How the seller is taxed.
    """

    country: str | None
    vat_id: str | None = None
    schemes: frozenset[Scheme] = frozenset()


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys.

    Attributes:
        country: Like the seller's.
        vat_id: BT-48; None when the buyer gave none.
        kind: None when it is not known.
        vies: The answer about `vat_id`; None when nobody asked.
    """

    country: str | None
    vat_id: str | None = None
    kind: BuyerKind | None = None
    vies: Vies | None = None


@dataclass(frozen=True, slots=True)
class Supply:
    """One line.

    Attributes:
        kind: None when it is not known.
        net: Without VAT, in the currency of the seller's country (EUR for thresholds in EUR).
        item_code: A CN code for goods, a CPA 2.1 code for everything else; None: the standard
            rate.
    """

    kind: SupplyKind | None
    net: Decimal = Decimal(0)
    item_code: str | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """All that is asked about at once: one invoice, one day.

    Attributes:
        day: The day whose law holds: when the tax becomes due (BT-7, else BT-2).
        seller: Who sells.
        buyer: Who buys.
        place: Where goods are delivered; where the property, the event, the performance or the
            departure is. None when it is not known: goods are then taken to go to the buyer.
        supplies: The lines.
    """

    day: datetime.date
    seller: Seller
    buyer: Buyer
    supplies: tuple[Supply, ...]
    place: str | None = None
