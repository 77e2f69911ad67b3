"""The units of the buyer that an invoice is for: AdministrativeCentres.

A centre without an address of its own has the buyer's, which the schema wants again.
"""

import re
from collections.abc import Sequence
from typing import Any

from formats.en16931.extensions.facturae import FeAdministrativeCentre
from formats.facturae.code_lists import COUNTRIES
from formats.facturae.cutting import cut
from formats.facturae.provinces import province_of
from formats.facturae.tree import Read, Tree, child, children, filled, text

_POST_CODE = re.compile(r"[0-9]{5}")
_SPAIN = "ES"


def centres(units: Sequence[FeAdministrativeCentre], around: Tree) -> Tree | None:
    """Return AdministrativeCentres; None where there are none.

    Args:
        units: The centres.
        around: The buyer's address.
    """
    made = [_centre(one, around) for one in units]
    return {"AdministrativeCentre": made} if made else None


def _centre(centre: FeAdministrativeCentre, around: Tree) -> Tree:
    own = {
        "AddressInSpain": {
            "Address": cut(centre.address, 80) or "",
            "PostCode": centre.post_code,
            "Town": cut(centre.town, 50) or "",
            "Province": cut(centre.province, 20) or province_of(centre.post_code or "") or "",
            "CountryCode": COUNTRIES[_SPAIN],
        }
    }
    placed = bool(_POST_CODE.fullmatch(centre.post_code or ""))
    return {
        "CentreCode": cut(centre.centre_code, 10),
        "RoleTypeCode": centre.role_code,
        "Name": cut(centre.name, 40),
        "FirstSurname": cut(centre.first_surname, 40),
        "SecondSurname": cut(centre.second_surname, 40),
        **(own if placed else around),
        "CentreDescription": cut(centre.description, 2500),
    }


def take(tree: Read) -> list[dict[str, Any]]:
    """Return the buyer's administrative centres."""
    entity = child(tree, "LegalEntity") or child(tree, "Individual")
    around = child(entity, "AddressInSpain") or child(entity, "OverseasAddress")
    found = []
    for one in children(tree, "AdministrativeCentres", "AdministrativeCentre"):
        place = child(one, "AddressInSpain")
        values = filled(
            centre_code=text(one, "CentreCode"),
            role_code=text(one, "RoleTypeCode"),
            name=text(one, "Name"),
            first_surname=text(one, "FirstSurname"),
            second_surname=text(one, "SecondSurname"),
            description=text(one, "CentreDescription"),
        )
        if place and place != around:
            code = text(place, "PostCode")
            region = text(place, "Province")
            values |= filled(
                address=text(place, "Address"),
                post_code=code,
                town=text(place, "Town"),
                province=None if region == province_of(code or "") else region,
            )
        found.append(values)
    return found
