"""What an invoice's number may look like, by country: length, characters, parts.

Only what an official file of the country says. A country without an entry takes what EN 16931
takes: any text (BT-1), unique, consecutive (Directive 2006/112/EC, Art. 226(2)).
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from countries.sources import Confidence, Source

_READ = datetime.date(2026, 11, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberForm:
    """The form of a country's invoice numbers.

    Attributes:
        max_length: Of the whole number; None where the file sets none.
        pattern: What the whole number must match; None where anything goes.
        words: The pattern for people.
        part: What premise and device must match; None where the country has no such parts.
        part_words: That for people.
        default_pattern: How series are numbered unless somebody says otherwise, where the usual
            way does not fit.
        yearly: Numbers of a premise or device begin with 1 every year and do not say which: a
            document is named by its number and its year.
        source: The file that says so.
    """

    max_length: int | None = None
    pattern: str | None = None
    words: str = ""
    part: str | None = None
    part_words: str = ""
    default_pattern: str | None = None
    yearly: bool = False
    source: Source

    def problem_with(self, number: str) -> str | None:
        """Return why a number is not possible in the country, None when it is."""
        if self.max_length is not None and len(number) > self.max_length:
            return f"makes numbers of {len(number)} characters, and {self.max_length} are possible"
        if self.pattern is not None and not re.fullmatch(self.pattern, number):
            return f"makes numbers like {number!r}, and they must {self.words}"
        return None

    def problem_with_part(self, part: str) -> str | None:
        """Return why premise or device cannot be called so, None when it can."""
        if self.part is not None and part and not re.fullmatch(self.part, part):
            return f"must be {self.part_words}"
        return None


FORMS: Mapping[str, NumberForm] = MappingProxyType(
    {
        "ES": NumberForm(
            max_length=60,
            source=Source(
                title="AEAT, SuministroInformacion.xsd, TextoIDFacturaType (VERI*FACTU)",
                url="https://sede.agenciatributaria.gob.es/",
                read_on=_READ,
                confidence=Confidence.A,
            ),
        ),
        "FR": NumberForm(
            max_length=35,
            pattern=r"[A-Za-z0-9+_/-]+",
            words="hold letters, digits and - + _ / only",
            source=Source(
                title="FNFE-MPE, BR-FR-01 and BR-FR-02 (BR-FR-Flux2 Schematron 1.4.0)",
                url="https://fnfe-mpe.org/",
                read_on=_READ,
                confidence=Confidence.A,
                note="The PPF refuses status messages for other numbers.",
            ),
        ),
        "HR": NumberForm(
            yearly=True,
            source=Source(
                title="Porezna uprava, Broj računa: from 1 to n in every calendar year",
                url="https://www.porezna-uprava.hr/pozivni_centar/Stranice/Broj-racuna.aspx",
                read_on=datetime.date(2026, 11, 22),
                confidence=Confidence.B,
                note="Of invoices that are fiscalized, by premise or by device; of the act before"
                " NN 89/25, whose own text was not at hand.",
            ),
        ),
        "HU": NumberForm(
            max_length=50,
            source=Source(
                title="NAV Online Számla 3.0, invoiceNumber (SimpleText50NotBlankType)",
                url="https://onlineszamla.nav.gov.hu/",
                read_on=_READ,
                confidence=Confidence.A,
            ),
        ),
        "IT": NumberForm(
            max_length=20,
            pattern=r"[\x20-\x7e]+",
            words="hold Basic Latin characters only",
            source=Source(
                title="FatturaPA VFPR12 1.2.3, Numero (String20Type)",
                url="https://www.fatturapa.gov.it/",
                read_on=_READ,
                confidence=Confidence.A,
            ),
        ),
        "PT": NumberForm(
            max_length=60,
            pattern=r"[^ ]+ [^/^ ]+/[0-9]+",
            words='look like "FT A/1": type, space, series, slash, sequence',
            default_pattern="{code} A/{seq}",
            source=Source(
                title="SAF-T (PT) 1.04_01, InvoiceNo",
                url="https://info.portaldasfinancas.gov.pt/",
                read_on=_READ,
                confidence=Confidence.A,
            ),
        ),
        "SI": NumberForm(
            part=r"[0-9a-zA-Z]{1,20}",
            part_words="1 to 20 letters and digits",
            source=Source(
                title="FURS, FiscalVerificationSchema.json: BusinessPremiseID, ElectronicDeviceID",
                url="https://www.fu.gov.si/",
                read_on=_READ,
                confidence=Confidence.A,
                note="Of invoices that are fiscally verified; there the sequence is one part.",
            ),
        ),
    }
)
"""The countries whose form is known, by ISO 3166-1 code."""


def number_form(country_code: str) -> NumberForm | None:
    """Return the form of a country's numbers, None where it sets none that we know."""
    return FORMS.get(country_code)
