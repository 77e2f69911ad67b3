"""Every business group (BG) and business term (BT) of EN 16931-1:2017 with amendment A1:2019.

The facts of the norm's clause 6.3: identifier, English name, cardinality, data type, group. They
are written down once more here so that the model can be compared with them. An identifier has
"+scheme" where the norm gives it a scheme identifier, "+version" where that has a version.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class NormTerm:
    id: str
    name: str
    cardinality: str
    type: str
    group: str | None

    @property
    def repeats(self) -> bool:
        return self.cardinality.endswith("n")


_TABLE = """
BT-1 | Invoice number | 1..1 | Identifier |
BT-2 | Invoice issue date | 1..1 | Date |
BT-3 | Invoice type code | 1..1 | Code |
BT-5 | Invoice currency code | 1..1 | Code |
BT-6 | VAT accounting currency code | 0..1 | Code |
BT-7 | Value added tax point date | 0..1 | Date |
BT-8 | Value added tax point date code | 0..1 | Code |
BT-9 | Payment due date | 0..1 | Date |
BT-10 | Buyer reference | 0..1 | Text |
BT-11 | Project reference | 0..1 | Document reference |
BT-12 | Contract reference | 0..1 | Document reference |
BT-13 | Purchase order reference | 0..1 | Document reference |
BT-14 | Sales order reference | 0..1 | Document reference |
BT-15 | Receiving advice reference | 0..1 | Document reference |
BT-16 | Despatch advice reference | 0..1 | Document reference |
BT-17 | Tender or lot reference | 0..1 | Document reference |
BT-18 | Invoiced object identifier | 0..1 | Identifier+scheme |
BT-19 | Buyer accounting reference | 0..1 | Text |
BT-20 | Payment terms | 0..1 | Text |
BG-1 | Invoice note | 0..n | Group |
BT-21 | Invoice note subject code | 0..1 | Code | BG-1
BT-22 | Invoice note | 1..1 | Text | BG-1
BG-2 | Process control | 1..1 | Group |
BT-23 | Business process type | 0..1 | Text | BG-2
BT-24 | Specification identifier | 1..1 | Identifier | BG-2
BG-3 | Preceding invoice reference | 0..n | Group |
BT-25 | Preceding invoice reference | 1..1 | Document reference | BG-3
BT-26 | Preceding invoice issue date | 0..1 | Date | BG-3
BG-4 | Seller | 1..1 | Group |
BT-27 | Seller name | 1..1 | Text | BG-4
BT-28 | Seller trading name | 0..1 | Text | BG-4
BT-29 | Seller identifier | 0..n | Identifier+scheme | BG-4
BT-30 | Seller legal registration identifier | 0..1 | Identifier+scheme | BG-4
BT-31 | Seller VAT identifier | 0..1 | Identifier | BG-4
BT-32 | Seller tax registration identifier | 0..1 | Identifier | BG-4
BT-33 | Seller additional legal information | 0..1 | Text | BG-4
BT-34 | Seller electronic address | 0..1 | Identifier+scheme | BG-4
BG-5 | Seller postal address | 1..1 | Group | BG-4
BT-35 | Seller address line 1 | 0..1 | Text | BG-5
BT-36 | Seller address line 2 | 0..1 | Text | BG-5
BT-162 | Seller address line 3 | 0..1 | Text | BG-5
BT-37 | Seller city | 0..1 | Text | BG-5
BT-38 | Seller post code | 0..1 | Text | BG-5
BT-39 | Seller country subdivision | 0..1 | Text | BG-5
BT-40 | Seller country code | 1..1 | Code | BG-5
BG-6 | Seller contact | 0..1 | Group | BG-4
BT-41 | Seller contact point | 0..1 | Text | BG-6
BT-42 | Seller contact telephone number | 0..1 | Text | BG-6
BT-43 | Seller contact email address | 0..1 | Text | BG-6
BG-7 | Buyer | 1..1 | Group |
BT-44 | Buyer name | 1..1 | Text | BG-7
BT-45 | Buyer trading name | 0..1 | Text | BG-7
BT-46 | Buyer identifier | 0..1 | Identifier+scheme | BG-7
BT-47 | Buyer legal registration identifier | 0..1 | Identifier+scheme | BG-7
BT-48 | Buyer VAT identifier | 0..1 | Identifier | BG-7
BT-49 | Buyer electronic address | 0..1 | Identifier+scheme | BG-7
BG-8 | Buyer postal address | 1..1 | Group | BG-7
BT-50 | Buyer address line 1 | 0..1 | Text | BG-8
BT-51 | Buyer address line 2 | 0..1 | Text | BG-8
BT-163 | Buyer address line 3 | 0..1 | Text | BG-8
BT-52 | Buyer city | 0..1 | Text | BG-8
BT-53 | Buyer post code | 0..1 | Text | BG-8
BT-54 | Buyer country subdivision | 0..1 | Text | BG-8
BT-55 | Buyer country code | 1..1 | Code | BG-8
BG-9 | Buyer contact | 0..1 | Group | BG-7
BT-56 | Buyer contact point | 0..1 | Text | BG-9
BT-57 | Buyer contact telephone number | 0..1 | Text | BG-9
BT-58 | Buyer contact email address | 0..1 | Text | BG-9
BG-10 | Payee | 0..1 | Group |
BT-59 | Payee name | 1..1 | Text | BG-10
BT-60 | Payee identifier | 0..1 | Identifier+scheme | BG-10
BT-61 | Payee legal registration identifier | 0..1 | Identifier+scheme | BG-10
BG-11 | Seller tax representative party | 0..1 | Group |
BT-62 | Seller tax representative name | 1..1 | Text | BG-11
BT-63 | Seller tax representative VAT identifier | 1..1 | Identifier | BG-11
BG-12 | Seller tax representative postal address | 1..1 | Group | BG-11
BT-64 | Tax representative address line 1 | 0..1 | Text | BG-12
BT-65 | Tax representative address line 2 | 0..1 | Text | BG-12
BT-164 | Tax representative address line 3 | 0..1 | Text | BG-12
BT-66 | Tax representative city | 0..1 | Text | BG-12
BT-67 | Tax representative post code | 0..1 | Text | BG-12
BT-68 | Tax representative country subdivision | 0..1 | Text | BG-12
BT-69 | Tax representative country code | 1..1 | Code | BG-12
BG-13 | Delivery information | 0..1 | Group |
BT-70 | Deliver to party name | 0..1 | Text | BG-13
BT-71 | Deliver to location identifier | 0..1 | Identifier+scheme | BG-13
BT-72 | Actual delivery date | 0..1 | Date | BG-13
BG-14 | Invoicing period | 0..1 | Group | BG-13
BT-73 | Invoicing period start date | 0..1 | Date | BG-14
BT-74 | Invoicing period end date | 0..1 | Date | BG-14
BG-15 | Deliver to address | 0..1 | Group | BG-13
BT-75 | Deliver to address line 1 | 0..1 | Text | BG-15
BT-76 | Deliver to address line 2 | 0..1 | Text | BG-15
BT-165 | Deliver to address line 3 | 0..1 | Text | BG-15
BT-77 | Deliver to city | 0..1 | Text | BG-15
BT-78 | Deliver to post code | 0..1 | Text | BG-15
BT-79 | Deliver to country subdivision | 0..1 | Text | BG-15
BT-80 | Deliver to country code | 1..1 | Code | BG-15
BG-16 | Payment instructions | 0..1 | Group |
BT-81 | Payment means type code | 1..1 | Code | BG-16
BT-82 | Payment means text | 0..1 | Text | BG-16
BT-83 | Remittance information | 0..1 | Text | BG-16
BG-17 | Credit transfer | 0..n | Group | BG-16
BT-84 | Payment account identifier | 1..1 | Identifier | BG-17
BT-85 | Payment account name | 0..1 | Text | BG-17
BT-86 | Payment service provider identifier | 0..1 | Identifier | BG-17
BG-18 | Payment card information | 0..1 | Group | BG-16
BT-87 | Payment card primary account number | 1..1 | Text | BG-18
BT-88 | Payment card holder name | 0..1 | Text | BG-18
BG-19 | Direct debit | 0..1 | Group | BG-16
BT-89 | Mandate reference identifier | 0..1 | Identifier | BG-19
BT-90 | Bank assigned creditor identifier | 0..1 | Identifier | BG-19
BT-91 | Debited account identifier | 0..1 | Identifier | BG-19
BG-20 | Document level allowances | 0..n | Group |
BT-92 | Document level allowance amount | 1..1 | Amount | BG-20
BT-93 | Document level allowance base amount | 0..1 | Amount | BG-20
BT-94 | Document level allowance percentage | 0..1 | Percentage | BG-20
BT-95 | Document level allowance VAT category code | 1..1 | Code | BG-20
BT-96 | Document level allowance VAT rate | 0..1 | Percentage | BG-20
BT-97 | Document level allowance reason | 0..1 | Text | BG-20
BT-98 | Document level allowance reason code | 0..1 | Code | BG-20
BG-21 | Document level charges | 0..n | Group |
BT-99 | Document level charge amount | 1..1 | Amount | BG-21
BT-100 | Document level charge base amount | 0..1 | Amount | BG-21
BT-101 | Document level charge percentage | 0..1 | Percentage | BG-21
BT-102 | Document level charge VAT category code | 1..1 | Code | BG-21
BT-103 | Document level charge VAT rate | 0..1 | Percentage | BG-21
BT-104 | Document level charge reason | 0..1 | Text | BG-21
BT-105 | Document level charge reason code | 0..1 | Code | BG-21
BG-22 | Document totals | 1..1 | Group |
BT-106 | Sum of invoice line net amount | 1..1 | Amount | BG-22
BT-107 | Sum of allowances on document level | 0..1 | Amount | BG-22
BT-108 | Sum of charges on document level | 0..1 | Amount | BG-22
BT-109 | Invoice total amount without VAT | 1..1 | Amount | BG-22
BT-110 | Invoice total VAT amount | 0..1 | Amount | BG-22
BT-111 | Invoice total VAT amount in accounting currency | 0..1 | Amount | BG-22
BT-112 | Invoice total amount with VAT | 1..1 | Amount | BG-22
BT-113 | Paid amount | 0..1 | Amount | BG-22
BT-114 | Rounding amount | 0..1 | Amount | BG-22
BT-115 | Amount due for payment | 1..1 | Amount | BG-22
BG-23 | VAT breakdown | 1..n | Group |
BT-116 | VAT category taxable amount | 1..1 | Amount | BG-23
BT-117 | VAT category tax amount | 1..1 | Amount | BG-23
BT-118 | VAT category code | 1..1 | Code | BG-23
BT-119 | VAT category rate | 0..1 | Percentage | BG-23
BT-120 | VAT exemption reason text | 0..1 | Text | BG-23
BT-121 | VAT exemption reason code | 0..1 | Code | BG-23
BG-24 | Additional supporting documents | 0..n | Group |
BT-122 | Supporting document reference | 1..1 | Document reference | BG-24
BT-123 | Supporting document description | 0..1 | Text | BG-24
BT-124 | External document location | 0..1 | Text | BG-24
BT-125 | Attached document | 0..1 | Binary object | BG-24
BG-25 | Invoice line | 1..n | Group |
BT-126 | Invoice line identifier | 1..1 | Identifier | BG-25
BT-127 | Invoice line note | 0..1 | Text | BG-25
BT-128 | Invoice line object identifier | 0..1 | Identifier+scheme | BG-25
BT-129 | Invoiced quantity | 1..1 | Quantity | BG-25
BT-130 | Invoiced quantity unit of measure code | 1..1 | Code | BG-25
BT-131 | Invoice line net amount | 1..1 | Amount | BG-25
BT-132 | Referenced purchase order line reference | 0..1 | Document reference | BG-25
BT-133 | Invoice line buyer accounting reference | 0..1 | Text | BG-25
BG-26 | Invoice line period | 0..1 | Group | BG-25
BT-134 | Invoice line period start date | 0..1 | Date | BG-26
BT-135 | Invoice line period end date | 0..1 | Date | BG-26
BG-27 | Invoice line allowances | 0..n | Group | BG-25
BT-136 | Invoice line allowance amount | 1..1 | Amount | BG-27
BT-137 | Invoice line allowance base amount | 0..1 | Amount | BG-27
BT-138 | Invoice line allowance percentage | 0..1 | Percentage | BG-27
BT-139 | Invoice line allowance reason | 0..1 | Text | BG-27
BT-140 | Invoice line allowance reason code | 0..1 | Code | BG-27
BG-28 | Invoice line charges | 0..n | Group | BG-25
BT-141 | Invoice line charge amount | 1..1 | Amount | BG-28
BT-142 | Invoice line charge base amount | 0..1 | Amount | BG-28
BT-143 | Invoice line charge percentage | 0..1 | Percentage | BG-28
BT-144 | Invoice line charge reason | 0..1 | Text | BG-28
BT-145 | Invoice line charge reason code | 0..1 | Code | BG-28
BG-29 | Price details | 1..1 | Group | BG-25
BT-146 | Item net price | 1..1 | Unit price amount | BG-29
BT-147 | Item price discount | 0..1 | Unit price amount | BG-29
BT-148 | Item gross price | 0..1 | Unit price amount | BG-29
BT-149 | Item price base quantity | 0..1 | Quantity | BG-29
BT-150 | Item price base quantity unit of measure code | 0..1 | Code | BG-29
BG-30 | Line VAT information | 1..1 | Group | BG-25
BT-151 | Invoiced item VAT category code | 1..1 | Code | BG-30
BT-152 | Invoiced item VAT rate | 0..1 | Percentage | BG-30
BG-31 | Item information | 1..1 | Group | BG-25
BT-153 | Item name | 1..1 | Text | BG-31
BT-154 | Item description | 0..1 | Text | BG-31
BT-155 | Item seller's identifier | 0..1 | Identifier | BG-31
BT-156 | Item buyer's identifier | 0..1 | Identifier | BG-31
BT-157 | Item standard identifier | 0..1 | Identifier+scheme | BG-31
BT-158 | Item classification identifier | 0..n | Identifier+scheme+version | BG-31
BT-159 | Item country of origin | 0..1 | Code | BG-31
BG-32 | Item attributes | 0..n | Group | BG-31
BT-160 | Item attribute name | 1..1 | Text | BG-32
BT-161 | Item attribute value | 1..1 | Text | BG-32
"""


def _terms() -> dict[str, NormTerm]:
    terms: dict[str, NormTerm] = {}
    for row in _TABLE.strip().splitlines():
        id_, name, cardinality, type_, group = (cell.strip() for cell in row.split("|"))
        assert id_ not in terms, id_
        terms[id_] = NormTerm(id_, name, cardinality, type_, group or None)
    return terms


NORM = _terms()
