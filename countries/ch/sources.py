"""Where the VAT law of Switzerland was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

RATE = Source(
    title=(
        "MWSTG (SR 641.20) Art. 25; Verordnung über die Anhebung der "
        "Mehrwertsteuersätze zur Zusatzfinanzierung der AHV (AS 2022 863)"
    ),
    url="https://www.fedlex.admin.ch/eli/cc/2009/615/de",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "The changes of 2011, 2018 and 2024 read in newspapers of the time, the "
        "article as of 2018."
    ),
)
ART_25 = Source(
    title="MWSTG (SR 641.20) Art. 25 Abs. 2",
    url="https://www.fedlex.admin.ch/eli/cc/2009/615/de",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "The article read as reprinted (mwstnetzwerk.com); which codes it means is our reading."
    ),
)
HYGIENE = Source(
    title="MWSTG (SR 641.20) Art. 25 Abs. 2, Änderung vom 16. Juni 2023",
    url="https://www.fedlex.admin.ch/eli/cc/2009/615/de",
    read_on=_READ,
    confidence=Confidence.B,
    note=("That new reductions began on 2025-01-01 read in advisers' news; which from memory."),
)
ART_25_4 = Source(
    title="MWSTG (SR 641.20) Art. 25 Abs. 4",
    url="https://www.fedlex.admin.ch/eli/cc/2009/615/de",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: accommodation with breakfast, until 2035.",
)
ART_21 = Source(
    title="MWSTG (SR 641.20) Art. 21 Abs. 2",
    url="https://www.fedlex.admin.ch/eli/cc/2009/615/de",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; the changes of 2025 read in advisers' news.",
)
ART_10 = Source(
    title="MWSTG (SR 641.20) Art. 10 Abs. 2",
    url="https://www.fedlex.admin.ch/eli/cc/2009/615/de",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
UID = Source(
    title="MWSTG (SR 641.20) Art. 26; UIDG (SR 431.03)",
    url="https://www.uid.admin.ch/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; dots and the hyphen are how it is printed.",
)
