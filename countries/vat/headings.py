"""What is meant by a code that is shorter than the law's lists: what the heading is named after.

People write `55` for a hotel and `8517` for a telephone, where the lists of the law go deeper. The
reading is told as something taken for granted (`Decision.assumed`). Headings that are named after
several things taxed differently are not here: of those more digits are asked for.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from countries.vat.codes import digits
from countries.vat.facts import Supply, SupplyKind

HEADINGS_CN: Mapping[str, str] = MappingProxyType(
    {
        "0403": "040320",  # yogurt
        "0405": "040510",  # butter
        "0407": "040721",  # hens' eggs
        "1902": "190219",  # pasta
        "1905": "19059030",  # bread
        "2201": "220110",  # mineral water
        "2202": "220210",  # lemonade
        "2711": "271121",  # natural gas
        "27112": "271121",
        "4401": "440112",  # fuel wood
        "7108": "710812",  # gold
        "8517": "851713",  # telephones
        "85171": "851713",
        "8542": "854231",  # integrated circuits
        "85423": "854231",
    }
)
HEADINGS_CPA: Mapping[str, str] = MappingProxyType(
    {
        "41": "41004",  # construction of buildings
        "410": "41004",
        "4100": "41004",
        "491": "49101",  # passengers by rail, between towns
        "4910": "49101",
        "4931": "49311",  # passengers in towns
        "501": "50101",  # passengers by sea
        "5010": "50101",
        "503": "50301",  # passengers on inland waters
        "5030": "50301",
        "511": "51101",  # passengers by air
        "5110": "51101",
        "55": "55101",  # hotels
        "551": "55101",
        "5510": "55101",
        "56": "561011",  # restaurants
        "561": "561011",
        "5610": "561011",
        "5811": "58113",  # electronic books; printed ones are goods
        "5813": "58132",  # newspapers online
        "5814": "58142",  # journals online
        "61": "611011",  # telephones
        "6110": "611011",
        "6120": "612011",
        "64": "6419",  # banks
        "65": "6512",  # insurance
        "85": "8531",  # schools
        "86": "8621",  # doctors
        "9602": "960211",  # hairdressers
    }
)


def meant(supply: Supply) -> Supply:
    """Return a line with the code that is meant; the line itself where it needs no reading."""
    if supply.item_code is None or supply.kind is None:
        return supply
    table = HEADINGS_CN if supply.kind is SupplyKind.GOODS else HEADINGS_CPA
    code = table.get(digits(supply.item_code))
    return supply if code is None else replace(supply, item_code=code)
