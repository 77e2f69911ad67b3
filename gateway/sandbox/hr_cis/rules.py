"""What the authority judges by: CIS's own codes, and what it adds so that mistakes are seen."""

from types import MappingProxyType

TEXTS = MappingProxyType(
    {
        "s001": "Poruka nije u skladu s XML shemom",
        "s002": "Certifikat nije izdan od strane pouzdanog izdavatelja ili je istekao ili ukinut.",
        "s003": "Certifikat ne sadrži obvezan podatak.",
        "s004": "Neispravan digitalni potpis.",
        "s005": "OIB iz poruke zahtjeva nije jednak OIB-u iz certifikata.",
        "s006": "Sistemska pogreška prilikom obrade zahtjeva.",
        "s900": "Zaštitni kod nije izrađen ključem obveznika (samo lokalni test)",
        "s901": "Račun s tim brojem i drugim sadržajem postoji (samo lokalni test)",
    }
)
"""What it says with each error code (Tehnička specifikacija 2.6, chapter 2.6).

s900 and s901 are ours: CIS says nothing about a wrong ZKI, which it cannot check, and its manual
nothing about two invoices of one number.
"""

RULES = MappingProxyType(
    {
        "s001": "the message is as FiskalizacijaSchema.xsd wants it",
        "s002": "the certificate is of the authority's CA, in force and not revoked",
        "s003": "the certificate has an OIB, and is called FISKAL",
        "s004": "the signature is enveloped, over the whole, RSA-SHA1 in exclusive canonical form",
        "s005": "the OIB is that of the certificate",
        "s900": "the ZKI is made by the taxpayer's key of what the invoice says",
        "s901": "no other invoice of the year has the number",
        "ZKI-KEY": "the taxpayer's key is known here, so that the ZKI can be judged (else noted)",
        "MESSAGE-ID": "each message has an id of its own, one sent again too (else noted)",
        "PROMPT": "an invoice of more than ten minutes ago says NakDost (else noted)",
        "GAPLESS": "each number follows the last of its premise or device (else noted)",
        "v101": "a message says when it is sent, within six hours (else noted)",
        "v103": "an invoice is not of more than six hours from now (else noted)",
        "v106": "a number has at most six digits (else noted)",
        "v110": "VAT has a rate of the law: 25, 13, 5 or 0 (else noted)",
        "v142": "who is not in the VAT system states no VAT and no exemption (else noted)",
        "v152": "an invoice comes within two days (else noted)",
        "v160": "VAT is base times rate, within 0.10 (else noted)",
        "v166": "the parts add up to the total, within 0.01 (else noted)",
        "v168": "in cash or by card at most 10,000 EUR are paid, otherwise 150,000 (else noted)",
    }
)
"""Those beginning with `s9` are ours; those with `v` the real one tells in its test system alone
(`provjera`): here they are noted in the compliance report, and nothing is refused for them."""
