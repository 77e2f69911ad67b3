"""What the authority judges by: FURS's own codes, and what it adds so that mistakes are seen."""

from types import MappingProxyType

TEXTS = MappingProxyType(
    {
        "S001": "Sporočilo ni v skladu s shemo XML",
        "S002": "Sporočilo ni v skladu s shemo JSON",
        "S003": "Digitalni podpis ni ustrezen",
        "S004": "Identifikator digitalnega potrdila ni ustrezen",
        "S005": "Davčna številka v sporočilu ni enaka davčni številki iz digitalnega potrdila",
        "S006": "Podatki o poslovnem prostoru niso posredovani",
        "S007": "Digitalno potrdilo je preklicano",
        "S008": "Digitalnemu potrdilu je potekla veljavnost",
        "S100": "Sistemska napaka pri obdelavi sporočila",
        "S900": "ZOI ni narejen s ključem zavezanca (samo peskovnik)",
        "S901": "Račun s to številko in drugo vsebino že obstaja (samo peskovnik)",
    }
)
"""What it says with each error code (Tehnična dokumentacija 1.3, chapter 4).

S900 and S901 are ours: FURS says nothing about a wrong ZOI, which it cannot check, and its manual
nothing about two invoices of one number.
"""

RULES = MappingProxyType(
    {
        "TLS": "the caller shows a certificate of the authority's CA",
        "S002": "the message is a token, its content as FiscalVerificationSchema.json wants it",
        "S003": "the signature is RS256 by the certificate that the header names",
        "S004": "the certificate that the header names by its serial number is known",
        "S005": "the tax number is that of the certificate",
        "S006": "the business premise is registered, and not closed",
        "S007": "the certificate is not revoked",
        "S008": "the certificate is in force",
        "S900": "the ZOI is made by the taxpayer's key of what the invoice says",
        "S901": "no other invoice has the number",
        "ZOI-KEY": "the taxpayer's key is known here, so that the ZOI can be judged (else noted)",
        "MESSAGE-ID": "each message has an id of its own, one sent again too (else noted)",
        "SENT-AT": "a message says when it is sent, within ten minutes (else noted)",
        "PROMPT": "an invoice of more than ten minutes ago says SubsequentSubmit (else noted)",
        "WITHIN": "an invoice comes within two working days (else noted; holidays not counted)",
        "FUTURE": "an invoice is not of more than ten minutes from now (else noted)",
        "GAPLESS": "each number follows the last of its premise or device (else noted)",
    }
)
"""Those in words, not codes, are noted in the compliance report; nothing is refused for them."""
