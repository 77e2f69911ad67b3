"""Where the VAT law of Serbia was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

RATE = Source(
    title="Zakon o porezu na dodatu vrednost, član 23. stav 1.",
    url="https://www.pravno-informacioni-sistem.rs/SlGlasnikPortal/eli/rep/sgrs/skupstina/zakon/2004/84/1/reg",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "20 and 10 per cent in an article of a ministry adviser (2020), 18 and the "
        "day of 20 in a country guide; the day of 10 from memory."
    ),
)
ART_23 = Source(
    title="Zakon o porezu na dodatu vrednost, član 23. stav 2.",
    url="https://www.pravno-informacioni-sistem.rs/SlGlasnikPortal/eli/rep/sgrs/skupstina/zakon/2004/84/1/reg",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "Items 1 to 12 of the paragraph read as quoted by a ministry adviser "
        "(2020); which codes they are is our reading."
    ),
)
ART_23_MORE = Source(
    title="Zakon o porezu na dodatu vrednost, član 23. stav 2. tačke 12) do 21)",
    url="https://www.pravno-informacioni-sistem.rs/SlGlasnikPortal/eli/rep/sgrs/skupstina/zakon/2004/84/1/reg",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "Gas, utilities, dwellings, tickets and computers read in a guide of 2013, "
        "public transport in a later one."
    ),
)
ART_25 = Source(
    title="Zakon o porezu na dodatu vrednost, član 25.",
    url="https://www.pravno-informacioni-sistem.rs/SlGlasnikPortal/eli/rep/sgrs/skupstina/zakon/2004/84/1/reg",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
ART_10 = Source(
    title="Zakon o porezu na dodatu vrednost, član 10. stav 2.",
    url="https://www.pravno-informacioni-sistem.rs/SlGlasnikPortal/eli/rep/sgrs/skupstina/zakon/2004/84/1/reg",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "Construction and its days (2013, 15 October 2015) read in a commentary; "
        "the rest from memory."
    ),
)
ART_33 = Source(
    title="Zakon o porezu na dodatu vrednost, član 33. i 38.",
    url="https://www.pravno-informacioni-sistem.rs/SlGlasnikPortal/eli/rep/sgrs/skupstina/zakon/2004/84/1/reg",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
NUMBER = Source(
    title="Zakon o poreskom postupku i poreskoj administraciji, član 26.",
    url="https://www.purs.gov.rs/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: nine digits; RS is put in front in electronic invoices.",
)
