"""Where the VAT law of Norway was read."""

from datetime import date

from countries.sources import Confidence, Source

_READ = date(2026, 11, 21)

RATE = Source(
    title="Stortingets vedtak om merverdiavgift, §§ 1 til 4",
    url="https://www.skatteetaten.no/satser/merverdiavgift/",
    read_on=_READ,
    confidence=Confidence.A,
    note=(
        "15 and 8 per cent of 2012 on a page of the tax authority; 10 of 2016, 12 "
        "of 2018 and 6 of 2020 and 2021 in news; 14 before 2012 in its handbook of "
        "that year."
    ),
)
FOOD = Source(
    title="Merverdiavgiftsloven (LOV-2009-06-19-58) § 5-2",
    url="https://lovdata.no/dokument/NL/lov/2009-06-19-58",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; which codes it means is our reading.",
)
WATER = Source(
    title="Merverdiavgiftsloven § 5-12; merverdiavgiftsforskriften § 5-12-1",
    url="https://www.skatteetaten.no/en/rates/merverdiavgiftssatser-omsetning-og-uttak-av-vann-fra-vannverk-og-avlopstjenester",
    read_on=_READ,
    confidence=Confidence.A,
    note=("The rate and the day on the page of the tax authority and in news of June 2025."),
)
LOW = Source(
    title="Merverdiavgiftsloven (LOV-2009-06-19-58) §§ 5-3 til 5-11",
    url="https://lovdata.no/dokument/NL/lov/2009-06-19-58",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The kinds of services read in news of 2021; which codes they are is our reading."),
)
ZERO = Source(
    title="Merverdiavgiftsloven (LOV-2009-06-19-58) kapittel 6",
    url="https://lovdata.no/dokument/NL/lov/2009-06-19-58",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory; books, newspapers and e-papers read in a guide.",
)
CARS = Source(
    title="Merverdiavgiftsloven (LOV-2009-06-19-58) § 6-6; statsbudsjettet 2026",
    url="https://lovdata.no/dokument/NL/lov/2009-06-19-58",
    read_on=_READ,
    confidence=Confidence.B,
    note=(
        "The limits read in newspapers and an adviser's news of the budget "
        "agreement of December 2025."
    ),
)
EXEMPT = Source(
    title="Merverdiavgiftsloven (LOV-2009-06-19-58) kapittel 3",
    url="https://lovdata.no/dokument/NL/lov/2009-06-19-58",
    read_on=_READ,
    confidence=Confidence.B,
    note=("The sections read in a digest (kontohjelp.no); what each covers from memory."),
)
PAID_BY_BUYER = Source(
    title="Merverdiavgiftsloven (LOV-2009-06-19-58) § 11-1",
    url="https://www.skatteetaten.no/nn/rettskilder/type/handboker/merverdiavgiftshandboken/gjeldende/M-11/M-11-1/",
    read_on=_READ,
    confidence=Confidence.A,
    note=("The section itself, in the handbook of the tax authority; the first days from memory."),
)
REGISTRATION = Source(
    title="Merverdiavgiftsloven (LOV-2009-06-19-58) § 2-1",
    url="https://lovdata.no/dokument/NL/lov/2009-06-19-58",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
NUMBER = Source(
    title="Bokføringsforskriften § 5-1-2",
    url="https://lovdata.no/dokument/SF/forskrift/2004-12-01-1558",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory: nine digits and MVA behind; NO is put in front abroad.",
)
