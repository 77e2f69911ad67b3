"""Where the VAT law of Malaysia was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

SERVICE = Source(
    title=("Service Tax Act 2018; Service Tax (Rate of Tax) Order 2018 and its amendment of 2024"),
    url="https://mysst.customs.gov.my/",
    read_on=_READ,
    confidence=Confidence.B,
    note=("8 and 6 per cent of today read in several alerts of 2025; the days from memory."),
)
SCOPE = Source(
    title="Service Tax (Amendment) Regulations 2025",
    url="https://mysst.customs.gov.my/",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "The new groups from 2025-07-01 read in several alerts that agree, but for "
        "thresholds raised in June."
    ),
)
SALES = Source(
    title="Sales Tax Act 2018; Sales Tax (Rate of Sales Tax) Order 2025",
    url="https://mysst.customs.gov.my/",
    read_on=_READ,
    confidence=Confidence.A,
    note="0, 5 and 10 per cent and examples read in several alerts.",
)
GST = Source(
    title=(
        "Goods and Services Tax Act 2014; Goods and Services Tax (Rate of Tax) "
        "(Amendment) Order 2018"
    ),
    url="https://mysst.customs.gov.my/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
REGULATIONS = Source(
    title="Service Tax Regulations 2018, First Schedule",
    url="https://mysst.customs.gov.my/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
NUMBER = Source(
    title="Royal Malaysian Customs, MySST",
    url="https://mysst.customs.gov.my/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
