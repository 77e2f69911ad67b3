"""Invoices by FA(3), as short as the schema lets them be."""

import datetime
import secrets

SELLER = "5265877635"
BUYER = "1111111111"


def fa(  # noqa: PLR0913 - what tests vary
    number: str | None = None,
    *,
    seller: str = SELLER,
    buyer: str = BUYER,
    day: datetime.date | None = None,
    kind: str = "VAT",
    code: str = "FA (3)",
    more: str = "",
) -> bytes:
    """Return an invoice about one hour of advice."""
    number = number or secrets.token_hex(6)
    issued = day or datetime.date(2026, 2, 2)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Naglowek>\
<KodFormularza kodSystemowy="{code}" wersjaSchemy="1-0E">FA</KodFormularza>\
<WariantFormularza>3</WariantFormularza>\
<DataWytworzeniaFa>2026-02-02T10:00:00Z</DataWytworzeniaFa></Naglowek>\
<Podmiot1><DaneIdentyfikacyjne><NIP>{seller}</NIP><Nazwa>Sprzedawca</Nazwa>\
</DaneIdentyfikacyjne><Adres><KodKraju>PL</KodKraju><AdresL1>ul. Prosta 1</AdresL1></Adres>\
</Podmiot1><Podmiot2><DaneIdentyfikacyjne><NIP>{buyer}</NIP><Nazwa>Nabywca</Nazwa>\
</DaneIdentyfikacyjne><Adres><KodKraju>PL</KodKraju><AdresL1>ul. Krzywa 2</AdresL1></Adres>\
<JST>2</JST><GV>2</GV></Podmiot2>\
<Fa><KodWaluty>PLN</KodWaluty><P_1>{issued}</P_1><P_2>{number}</P_2>\
<P_13_1>100.00</P_13_1><P_14_1>23.00</P_14_1><P_15>123.00</P_15>\
<Adnotacje><P_16>2</P_16><P_17>2</P_17><P_18>2</P_18><P_18A>2</P_18A>\
<Zwolnienie><P_19N>1</P_19N></Zwolnienie>\
<NoweSrodkiTransportu><P_22N>1</P_22N></NoweSrodkiTransportu><P_23>2</P_23>\
<PMarzy><P_PMarzyN>1</P_PMarzyN></PMarzy></Adnotacje>\
<RodzajFaktury>{kind}</RodzajFaktury>\
<FaWiersz><NrWierszaFa>1</NrWierszaFa><P_7>Porada</P_7><P_8A>godz.</P_8A><P_8B>1</P_8B>\
<P_9A>100.00</P_9A><P_11>100.00</P_11><P_12>23</P_12></FaWiersz></Fa>{more}</Faktura>""".encode()
