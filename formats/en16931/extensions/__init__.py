"""Terms that EN 16931 lacks and an extension of it has, kept at the group they add to.

Every group that has any holds them in its field `extensions`. One thing is one field, whoever
defines it: the seller's role at a line is `BT-X-570` of Factur-X and nobody needs to know which
dialect a document followed to find it. `Term.also` says how others call it. Dialects and where
their terms are published:

* `BT-X-n`, `BG-X-n`: Factur-X 1.09 / ZUGFeRD 2.5, profile EXTENDED (CII).
* `BT-166` and up: the revision of EN 16931-1, as Factur-X EXTENDED already has it.
* `BT-DEX-n`, `BG-DEX-n`: XRechnung 3.0, extension (UBL).
* `EXT-FR-FE-n`: France, AFNOR XP Z12-012, profile EXTENDED-CTC-FR (UBL and CII).
* `HR-BT-n`, `HR-BG-n`: Croatia, HR CIUS 2025 with extension (UBL).
* `IBT-n`, `IBG-n`: PINT, Peppol's international model; `BTAE-n` and `BTOM-n` of its
  specializations for the Emirates and Oman (UBL).
* `FA-Name`: Poland, FA(3) of KSeF; the name is that of the element, its type in front where two
  types have it (`poland/`).
* `ES-Name`: Spain, the record of VeriFactu; the name is that of the element. No syntax carries it.
* `FE-Name`: Spain, Facturae 3.2.2; the name is that of the element (`facturae.py`).
* `NBT-n`: Slovenia, e-SLOG 2.0; `SLOG-Name` where it gives no number, the name is that of the
  element or of its qualifier.
* `UBL-Name`: a term that a PINT specialization uses without a number in its rules; the name is
  that of the UBL element.

Romania, Portugal and Serbia restrict EN 16931 and add no term. Peppol BIS Billing adds none.
"""
