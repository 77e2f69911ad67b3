"""Where the VAT law of Australia was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

RATE = Source(
    title="A New Tax System (Goods and Services Tax) Act 1999, section 9-70",
    url="https://www.legislation.gov.au/C2004A00446/latest/text",
    read_on=_READ,
    confidence=Confidence.A,
    note="Ten per cent since the tax began; several guides.",
)
FOOD = Source(
    title=("A New Tax System (Goods and Services Tax) Act 1999, Subdivision 38-A and Schedule 1"),
    url="https://www.legislation.gov.au/C2004A00446/latest/text",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "Section 38-4 read as reprinted; Schedule 1 from the tax office's food lists and memory."
    ),
)
FREE = Source(
    title="A New Tax System (Goods and Services Tax) Act 1999, Division 38",
    url="https://www.legislation.gov.au/C2004A00446/latest/text",
    read_on=_READ,
    confidence=Confidence.B,
    note="The kinds read in guides; which codes they are is our reading.",
)
PRODUCTS = Source(
    title="GST-free Supply (Health Goods) Determination 2018",
    url="https://www.legislation.gov.au/C2004A00446/latest/text",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
INPUT_TAXED = Source(
    title="A New Tax System (Goods and Services Tax) Act 1999, Division 40",
    url="https://www.legislation.gov.au/C2004A00446/latest/text",
    read_on=_READ,
    confidence=Confidence.B,
    note="From memory, and a guide.",
)
METALS = Source(
    title="A New Tax System (Goods and Services Tax) Act 1999, Subdivision 86-B",
    url="https://www.ato.gov.au/businesses-and-organisations/gst-excise-and-indirect-taxes/gst/in-detail/rules-for-specific-transactions/reverse-charge-in-the-valuable-metals-industry",
    read_on=_READ,
    confidence=Confidence.A,
    note="The pages of the tax office and the explanatory memorandum.",
)
THRESHOLD = Source(
    title="A New Tax System (Goods and Services Tax) Act 1999, Division 23",
    url="https://www.legislation.gov.au/C2004A00446/latest/text",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
NUMBER = Source(
    title="A New Tax System (Australian Business Number) Act 1999",
    url="https://abr.business.gov.au/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
