"""The territories of the other states, and the small states between them."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.special.directive import DIRECTIVE
from countries.vat.system import STANDARD, Rate
from countries.vat.territory import Territory

_READ = date(2026, 11, 21)

_ALAND = Source(
    title="Laki Ahvenanmaan maakuntaa koskevista poikkeuksista arvonlisäverolakiin (1266/1996)",
    url="https://www.finlex.fi/fi/laki/ajantasa/1996/19961266",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory. Article 6(1)(d) of the Directive was read.",
)
_JUNGHOLZ = Source(
    title="Umsatzsteuergesetz 1994 § 10 Abs. 4",
    url="https://www.ris.bka.gv.at/",
    read_on=_READ,
    confidence=Confidence.M,
    note="The rate and its first day from memory: it follows Germany's rate of 2007.",
)
_BUESINGEN = Source(
    title=(
        "Vertrag vom 23. November 1964 über die Einbeziehung der Gemeinde Büsingen am Hochrhein "
        "in das schweizerische Zollgebiet (SR 0.631.112.136)"
    ),
    url="https://www.fedlex.admin.ch/",
    read_on=_READ,
    confidence=Confidence.A,
    note="The Federal Council's message of 2000 on the share of VAT, and a chamber of commerce.",
)
_CAMPIONE = Source(
    title="Directive (EU) 2019/475; Decreto-legge 26 ottobre 2019, n. 124 (ACLCI)",
    url="https://eur-lex.europa.eu/eli/dir/2019/475/oj",
    read_on=_READ,
    confidence=Confidence.B,
    note="Article 6 of Directive 2006/112/EC as changed was read; the local tax is from memory.",
)
_SAN_MARINO = Source(
    title="Legge 22 dicembre 1972 n. 40 (imposta monofase); DM 21 giugno 2021 (Italia)",
    url="https://www.consigliograndeegenerale.sm/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_ANDORRA = Source(
    title="Llei 11/2012, del 21 de juny, de l'impost general indirecte",
    url="https://www.bopa.ad/",
    read_on=_READ,
    confidence=Confidence.B,
    note="Rates and the first day read in advisers' guides; those of 2.5 and 9.5 came later.",
)
_FAROE = Source(
    title="Løgtingslóg um meirvirðisgjald (MVG)",
    url="https://www.taks.fo/",
    read_on=_READ,
    confidence=Confidence.M,
    note="From memory.",
)
_OUTSIDE = Source(
    title="Directive 2006/112/EC, Article 5",
    url="https://eur-lex.europa.eu/eli/dir/2006/112/oj",
    read_on=_READ,
    confidence=Confidence.B,
    note="Third countries: the treaties do not apply there. That there is no VAT is from memory.",
)

_FIRST_IGI = date(2013, 1, 1)


def _third(code: str, name: str, source: Source, *, prefix: str = "", note: str) -> Territory:
    return Territory(
        code=code,
        name=name,
        country=code[:2],
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        vat_prefix=prefix,
        note=note,
        source=source,
    )


TERRITORIES = (
    Territory(
        code="AX",
        name="Åland",
        country="FI",
        taxed_as="FI",
        member_for_goods=False,
        member_for_services=False,
        vat_prefix="FI",
        codes_declared=True,
        note=(
            "Outside the VAT territory of the Union but in its customs territory. Finland's law "
            "applies there nevertheless; goods to and from the rest of Finland pass a tax border."
        ),
        source=_ALAND,
    ),
    Territory(
        code="AT-JUNGHOLZ",
        name="Jungholz and Mittelberg",
        country="AT",
        taxed_as="AT",
        member_for_goods=True,
        member_for_services=True,
        vat_prefix="AT",
        rates=(
            Rate(name=STANDARD, percent=Decimal(19), since=date(2007, 1, 1), source=_JUNGHOLZ),
        ),
        codes_declared=True,
        note="Germany's standard rate, because they are reached from Germany; else as Austria.",
        source=_JUNGHOLZ,
    ),
    Territory(
        code="DE-BUESINGEN",
        name="Büsingen am Hochrhein",
        country="DE",
        taxed_as="CH",
        member_for_goods=False,
        member_for_services=False,
        codes_declared=True,
        note="In Switzerland's customs area by treaty, and Switzerland's VAT is charged there.",
        source=_BUESINGEN,
    ),
    _third(
        "DE-HELIGOLAND",
        "Heligoland",
        DIRECTIVE,
        prefix="DE",
        note="No VAT; outside the customs territory of the Union as well.",
    ),
    _third(
        "GR-69",
        "Mount Athos",
        DIRECTIVE,
        prefix="EL",
        note="No VAT, but in the customs territory of the Union.",
    ),
    _third(
        "IT-LIVIGNO",
        "Livigno",
        DIRECTIVE,
        prefix="IT",
        note="No VAT; outside the customs territory of the Union as well.",
    ),
    _third(
        "IT-CAMPIONE",
        "Campione d'Italia",
        _CAMPIONE,
        prefix="IT",
        note=(
            "No VAT, but since 2020 a local tax on consumption (ACLCI) at Switzerland's rates, "
            "and in the customs territory of the Union; the Italian waters of Lake Lugano too."
        ),
    ),
    _third(
        "SM",
        "San Marino",
        _SAN_MARINO,
        note="A tax on imports in one stage (monofase), no VAT. Its customs union is with all.",
    ),
    _third("VA", "Vatican City", _OUTSIDE, note="No VAT."),
    Territory(
        code="AD",
        name="Andorra",
        country="AD",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        rates=(
            Rate(name=STANDARD, percent=Decimal("4.5"), since=_FIRST_IGI, source=_ANDORRA),
            Rate(name="reduced", percent=Decimal(1), since=_FIRST_IGI, source=_ANDORRA),
            Rate(name="zero", percent=Decimal(0), since=_FIRST_IGI, source=_ANDORRA),
        ),
        currency="EUR",
        note=(
            "Impost general indirecte (IGI). There are rates of 2.5 (transport, culture) and 9.5 "
            "per cent (banking) beside these; which goods bear which is not declared here."
        ),
        source=_ANDORRA,
    ),
    Territory(
        code="FO",
        name="Faroe Islands",
        country="FO",
        taxed_as=None,
        member_for_goods=False,
        member_for_services=False,
        rates=(Rate(name=STANDARD, percent=Decimal(25), since=date(1993, 1, 1), source=_FAROE),),
        currency="DKK",
        note="A VAT of its own (meirvirðisgjald, MVG); Denmark's does not apply.",
        source=_OUTSIDE,
    ),
    _third("GL", "Greenland", _OUTSIDE, note="No VAT; Denmark's does not apply."),
)
