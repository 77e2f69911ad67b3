"""Where the VAT law of Liechtenstein was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

RATE = Source(
    title="MWSTG (LGBl. 2009 Nr. 330) Art. 25; Beschlüsse der Schweiz",
    url="https://www.gesetze.li/konso/2009330000",
    read_on=_READ,
    confidence=Confidence.B,
    note="Switzerland's article read, which the treaty makes Liechtenstein follow.",
)
ART_25 = Source(
    title="MWSTG (LGBl. 2009 Nr. 330) Art. 25 Abs. 2",
    url="https://www.gesetze.li/konso/2009330000",
    read_on=_READ,
    confidence=Confidence.B,
    note="Switzerland's article read, which the treaty makes Liechtenstein follow.",
)
HYGIENE = Source(
    title="MWSTG (LGBl. 2009 Nr. 330) Art. 25 Abs. 2, Änderung vom 16. Juni 2023",
    url="https://www.gesetze.li/konso/2009330000",
    read_on=_READ,
    confidence=Confidence.B,
    note=("That new reductions began on 2025-01-01 read in advisers' news; which from memory."),
)
ART_25_4 = Source(
    title="MWSTG (LGBl. 2009 Nr. 330) Art. 25 Abs. 4",
    url="https://www.gesetze.li/konso/2009330000",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: accommodation with breakfast, until 2035.",
)
ART_21 = Source(
    title="MWSTG (LGBl. 2009 Nr. 330) Art. 21 Abs. 2",
    url="https://www.gesetze.li/konso/2009330000",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; the changes of 2025 read in advisers' news.",
)
ART_10 = Source(
    title="MWSTG (LGBl. 2009 Nr. 330) Art. 10 Abs. 2",
    url="https://www.gesetze.li/konso/2009330000",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
UID = Source(
    title="MWSTG (LGBl. 2009 Nr. 330) Art. 26",
    url="https://www.gesetze.li/konso/2009330000",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: five digits.",
)
