"""Where the VAT law of the United Kingdom was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

RATE = Source(
    title="Value Added Tax Act 1994, section 2",
    url="https://www.legislation.gov.uk/ukpga/1994/23",
    read_on=_READ,
    confidence=Confidence.B,
    note="Rates from memory; the three of today read in guides that quote GOV.UK.",
)
ZERO = Source(
    title="Value Added Tax Act 1994, Schedule 8",
    url="https://www.legislation.gov.uk/ukpga/1994/23/schedule/8",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The groups read in guides that quote GOV.UK; which codes they are is our reading."),
)
REDUCED = Source(
    title="Value Added Tax Act 1994, Schedule 7A",
    url="https://www.legislation.gov.uk/ukpga/1994/23/schedule/7A",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The groups read in guides that quote GOV.UK; which codes they are is our reading."),
)
EXEMPT = Source(
    title="Value Added Tax Act 1994, Schedule 9",
    url="https://www.legislation.gov.uk/ukpga/1994/23/schedule/9",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The groups read in a list that follows GOV.UK; which codes they are is our reading."),
)
HOSPITALITY = Source(
    title=(
        "The Value Added Tax (Reduced Rate) (Hospitality and Tourism) "
        "(Coronavirus) Order 2020 (SI 2020/728); Finance Act 2021, sections 92 and "
        "93"
    ),
    url="https://www.legislation.gov.uk/uksi/2020/728",
    read_on=_READ,
    confidence=Confidence.A,
    note=("The rates, the days and what bore them read in the notices of several advisers."),
)
PERIODICALS = Source(
    title=(
        "The Value Added Tax (Extension of Zero-Rating to Electronically Supplied "
        "Books etc.) (Coronavirus) Order 2020 (SI 2020/459)"
    ),
    url="https://www.legislation.gov.uk/uksi/2020/459",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
SANITARY = Source(
    title="Finance Act 2016, section 126; SI 2020/1642",
    url="https://www.legislation.gov.uk/ukpga/2016/24/section/126",
    read_on=_READ,
    confidence=Confidence.A,
    note="The section itself, which names the end of 2020 as its day.",
)
SCHOOLS = Source(
    title="Finance Act 2025, section 47",
    url="https://www.legislation.gov.uk/ukpga/2025/8",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: private schools are taxed from January 2025.",
)
SECTION_55A = Source(
    title="Value Added Tax Act 1994, section 55A; SI 2010/2239",
    url="https://www.gov.uk/guidance/the-vat-domestic-reverse-charge-procedure-notice-735",
    read_on=_READ,
    confidence=Confidence.B,
    note="VAT Notice 735 read in part; first days from memory.",
)
CONSTRUCTION = Source(
    title=(
        "The Value Added Tax (Section 55A) (Specified Services and Excepted "
        "Supplies) Order 2019 (SI 2019/892)"
    ),
    url="https://www.legislation.gov.uk/uksi/2019/892",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "The first day, after two postponements, and the conditions read in "
        "several advisers' notes."
    ),
)
GOLD = Source(
    title="Value Added Tax Act 1994, section 55",
    url="https://www.legislation.gov.uk/ukpga/1994/23/section/55",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
REGISTRATION = Source(
    title="Value Added Tax Act 1994, Schedule 1, paragraph 1",
    url="https://www.legislation.gov.uk/ukpga/1994/23/schedule/1",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
NUMBER = Source(
    title="VAT guide (VAT Notice 700); Value Added Tax Regulations 1995, regulation 5",
    url="https://www.gov.uk/guidance/vat-guide-notice-700",
    read_on=_READ,
    confidence=Confidence.B,
    note=("Nine digits, twelve for a branch, GD and HA for government and health authorities."),
)
