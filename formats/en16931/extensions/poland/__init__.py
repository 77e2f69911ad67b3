"""What Poland's FA(3) has and EN 16931 lacks: the schema's own fields, under its own names.

The names stay Polish (`rodzaj_faktury` for `RodzajFaktury`, `p_6a` for `P_6A`): law, accountants
and the ministry's manual call them so, and a translation would have to be translated back. The
identifier of a term is `FA-` and the element, with its type in front where two types have it.
Codes and yes-or-no markers ("1", "2") are texts as the schema has them.

What a term of EN 16931 says has no field here (number, day of issue, currency, total). The sums by
rate (P_13_x, P_14_x) have one for documents whose sums do not follow from their VAT breakdown.
Which element follows from which term is in `formats/ksef`; what stands here goes before it.

Source: schemat_FA(3)_v1-0E.xsd, http://crd.gov.pl/wzor/2025/06/25/13775/.
"""
