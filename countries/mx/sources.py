"""Where the VAT law of Mexico was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

RATE = Source(
    title="Ley del Impuesto al Valor Agregado, artículo 1o.",
    url="https://www.diputados.gob.mx/LeyesBiblio/pdf/LIVA.pdf",
    read_on=_READ,
    confidence=Confidence.A,
    note="16 per cent read in the article as reprinted; the days from memory.",
)
ZERO = Source(
    title="Ley del Impuesto al Valor Agregado, artículo 2o.-A",
    url="https://www.diputados.gob.mx/LeyesBiblio/pdf/LIVA.pdf",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "The article read as reprinted, in versions from before 2022; which codes "
        "it means is our reading."
    ),
)
HYGIENE = Source(
    title="Ley del Impuesto al Valor Agregado, artículo 2o.-A, fracción I, inciso j)",
    url="https://www.diputados.gob.mx/LeyesBiblio/pdf/LIVA.pdf",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
BORDER = Source(
    title=(
        "Ley del Impuesto al Valor Agregado, artículo 2o. (derogado); Decreto de "
        "estímulos fiscales región fronteriza norte (DOF 31-12-2018)"
    ),
    url="https://www.dof.gob.mx/",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "The repeal on 2014-01-01, and the decrees up to the end of 2025, read in "
        "reprints and newspapers."
    ),
)
GOODS_EXEMPT = Source(
    title="Ley del Impuesto al Valor Agregado, artículo 9o.",
    url="https://www.diputados.gob.mx/LeyesBiblio/pdf/LIVA.pdf",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
SERVICES_EXEMPT = Source(
    title="Ley del Impuesto al Valor Agregado, artículos 15 y 20",
    url="https://www.diputados.gob.mx/LeyesBiblio/pdf/LIVA.pdf",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
RFC = Source(
    title="Código Fiscal de la Federación, artículo 27; Anexo 20 (CFDI 4.0)",
    url="https://www.sat.gob.mx/",
    read_on=_READ,
    confidence=Confidence.A,
    note=("The pattern of the schema of the CFDI: three letters for companies, four for persons."),
)
