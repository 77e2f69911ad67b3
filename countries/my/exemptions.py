"""What is exempt in Malaysia."""

from datetime import date

from countries.my.sources import REGULATIONS, SCOPE
from countries.vat.system import Exemption

EXEMPTIONS = (
    Exemption(
        what="Education",
        cpa=("85",),
        since=date(2018, 9, 1),
        until=date(2025, 6, 30),
        source=SCOPE,
    ),
    Exemption(
        what="Health", cpa=("86",), since=date(2018, 9, 1), until=date(2025, 6, 30), source=SCOPE
    ),
    Exemption(what="Life insurance", cpa=("65.11",), since=date(2018, 9, 1), source=REGULATIONS),
    Exemption(what="Dwellings let", cpa=("68.20.11",), since=date(2018, 9, 1), source=SCOPE),
)
