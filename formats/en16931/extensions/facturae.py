"""What Facturae 3.2.2 has beside EN 16931: units of the buyer, corrections, withheld taxes.

The terms are named by the schema's elements. Absent is what follows by itself: a correction's
method and period, a centre's address where it is the buyer's.
Source: Facturae 3.2.2, Orden HAP/1650/2015 and the schema of facturae.gob.es.
"""

from typing import Annotated

from formats.en16931.group import Group, IsoDate, Text
from formats.en16931.money import Amount, Percentage
from formats.en16931.terms import Term


class FeAdministrativeCentre(Group):
    """A unit of the buyer, by its code in the directory DIR3.

    Attributes:
        role_code: `01` oficina contable, `02` órgano gestor, `03` unidad tramitadora, `04` órgano
            proponente; the others as the schema has them.
    """

    centre_code: Annotated[Text | None, Term("FE-CentreCode")] = None
    role_code: Annotated[Text | None, Term("FE-RoleTypeCode")] = None
    name: Annotated[Text | None, Term("FE-AdministrativeCentre.Name")] = None
    first_surname: Annotated[Text | None, Term("FE-AdministrativeCentre.FirstSurname")] = None
    second_surname: Annotated[Text | None, Term("FE-AdministrativeCentre.SecondSurname")] = None
    address: Annotated[Text | None, Term("FE-AdministrativeCentre.Address")] = None
    post_code: Annotated[Text | None, Term("FE-AdministrativeCentre.PostCode")] = None
    town: Annotated[Text | None, Term("FE-AdministrativeCentre.Town")] = None
    province: Annotated[Text | None, Term("FE-AdministrativeCentre.Province")] = None
    country_code: Annotated[Text | None, Term("FE-AdministrativeCentre.CountryCode")] = None
    description: Annotated[Text | None, Term("FE-CentreDescription")] = None


class FeCorrective(Group):
    """What a correction corrects.

    Attributes:
        reason_code: `01` to `16`, `80` to `85`; absent: `10`, detail of the operation.
        period_start: First day of the tax period; absent: that of the month of BT-26.
        period_end: Its last day.
        method: `01` replaces, `02` by the difference; absent: 02 for credit notes, else 01.
    """

    reason_code: Annotated[Text | None, Term("FE-ReasonCode")] = None
    period_start: Annotated[IsoDate | None, Term("FE-TaxPeriod.StartDate")] = None
    period_end: Annotated[IsoDate | None, Term("FE-TaxPeriod.EndDate")] = None
    method: Annotated[Text | None, Term("FE-CorrectionMethod")] = None
    series_code: Annotated[Text | None, Term("FE-Corrective.InvoiceSeriesCode")] = None
    additional_reason: Annotated[Text | None, Term("FE-AdditionalReasonDescription")] = None


class FeTax(Group):
    """A tax that the invoice withholds (`04` IRPF), or adds and that is no VAT.

    Attributes:
        tax_type_code: As the schema has them.
    """

    tax_type_code: Annotated[Text | None, Term("FE-TaxTypeCode")] = None
    rate: Annotated[Percentage | None, Term("FE-TaxRate")] = None
    taxable_amount: Annotated[Amount | None, Term("FE-TaxableBase")] = None
    tax_amount: Annotated[Amount | None, Term("FE-TaxAmount")] = None
    surcharge_rate: Annotated[Percentage | None, Term("FE-Tax.EquivalenceSurcharge")] = None
    surcharge_amount: Annotated[Amount | None, Term("FE-Tax.EquivalenceSurchargeAmount")] = None


class FeEquivalenceSurcharge(Group):
    """Recargo de equivalencia on a rate of VAT."""

    vat_rate: Annotated[Percentage | None, Term("FE-EquivalenceSurcharge.TaxRate")] = None
    rate: Annotated[Percentage | None, Term("FE-EquivalenceSurcharge")] = None
    amount: Annotated[Amount | None, Term("FE-EquivalenceSurchargeAmount")] = None


class FeLine(Group):
    """What a line has beside EN 16931.

    Attributes:
        other_taxes: Beside the one of the line's VAT category.
    """

    receiver_contract_reference: Annotated[
        Text | None, Term("FE-InvoiceLine.ReceiverContractReference")
    ] = None
    receiver_transaction_reference: Annotated[
        Text | None, Term("FE-InvoiceLine.ReceiverTransactionReference")
    ] = None
    file_reference: Annotated[Text | None, Term("FE-InvoiceLine.FileReference")] = None
    withheld_taxes: Annotated[tuple[FeTax, ...], Term("FE-InvoiceLine.TaxesWithheld")] = ()
    other_taxes: Annotated[tuple[FeTax, ...], Term("FE-InvoiceLine.TaxesOutputs")] = ()
    equivalence_surcharge: Annotated[
        FeEquivalenceSurcharge | None, Term("FE-InvoiceLine.EquivalenceSurcharge")
    ] = None


class FeExtension(Group):
    """What Facturae has beside EN 16931.

    Attributes:
        series_code: In front of the number, where the document tells the two apart.
        third_party: That somebody else issues it for the seller (`TE`): his name and number.
        withheld_taxes: They lower what is due; BT-113 has them, too.
        other_taxes: Of the total of taxes, and no VAT, IGIC or IPSI.
    """

    series_code: Annotated[Text | None, Term("FE-InvoiceSeriesCode")] = None
    document_type: Annotated[Text | None, Term("FE-InvoiceDocumentType")] = None
    third_party_name: Annotated[Text | None, Term("FE-ThirdParty.CorporateName")] = None
    third_party_number: Annotated[Text | None, Term("FE-ThirdParty.TaxIdentificationNumber")] = (
        None
    )
    language: Annotated[Text | None, Term("FE-LanguageName")] = None
    description: Annotated[Text | None, Term("FE-InvoiceDescription")] = None
    legal_references: Annotated[tuple[Text, ...], Term("FE-LegalReference")] = ()
    administrative_centres: Annotated[
        tuple[FeAdministrativeCentre, ...], Term("FE-AdministrativeCentre")
    ] = ()
    corrective: Annotated[FeCorrective | None, Term("FE-Corrective")] = None
    withheld_taxes: Annotated[tuple[FeTax, ...], Term("FE-TaxesWithheld")] = ()
    other_taxes: Annotated[tuple[FeTax, ...], Term("FE-TaxesOutputs")] = ()
    equivalence_surcharges: Annotated[
        tuple[FeEquivalenceSurcharge, ...], Term("FE-EquivalenceSurcharge.Tax")
    ] = ()
