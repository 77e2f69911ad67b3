"""The profile of NLCIUS (SI-UBL 2.0).

Source of the identifier: the Peppol code list of document types 9.7.
"""

from dataclasses import replace

from formats.ubl.profile import EN16931_UBL

NLCIUS = replace(
    EN16931_UBL,
    id="nlcius",
    name="NLCIUS (SI-UBL 2.0)",
    customization_id="urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0",
    unproven="no official rule files at hand",
)
