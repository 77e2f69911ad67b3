"""Every declared VAT system, found by being there: `VAT` in `countries/<cc>/vat.py`."""

import importlib
import importlib.util
from collections.abc import Mapping
from types import MappingProxyType

from countries.folders import folders
from countries.vat.system import VatSystem


def _discover() -> dict[str, VatSystem]:
    found: dict[str, VatSystem] = {}
    for folder in folders():
        name = f"countries.{folder}.vat"
        if importlib.util.find_spec(name) is None:
            continue
        declared = importlib.import_module(name).VAT
        if not isinstance(declared, VatSystem) or declared.code != folder.upper():
            raise TypeError(f"{name} must declare VAT with code {folder.upper()}")
        found[declared.code] = declared
    return found


SYSTEMS: Mapping[str, VatSystem] = MappingProxyType(_discover())
"""The declared systems by ISO 3166-1 alpha-2 code."""
