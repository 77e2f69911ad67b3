"""Every declared VAT system, found by being there: `VAT` in `countries/<cc>/vat.py`."""

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec

from typing_extensions import override

from countries.folders import folders
from countries.vat.system import VatSystem


class Systems(Mapping[str, VatSystem]):
    """The systems by ISO 3166-1 alpha-2 code; each is read when it is first asked for."""

    @override
    def __getitem__(self, code: str) -> VatSystem:
        return _read(code)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(_codes())

    @override
    def __len__(self) -> int:
        return len(_codes())

    @override
    def __contains__(self, code: object) -> bool:
        return code in _codes()


@cache
def _codes() -> dict[str, str]:
    """Return the module of every system by its country's code."""
    names = {folder.upper(): f"countries.{folder}.vat" for folder in folders()}
    return {code: name for code, name in names.items() if find_spec(name) is not None}


@cache
def _read(code: str) -> VatSystem:
    name = _codes()[code]
    declared = importlib.import_module(name).VAT
    if not isinstance(declared, VatSystem) or declared.code != code:
        raise TypeError(f"{name} must declare VAT with code {code}")
    return declared


SYSTEMS: Mapping[str, VatSystem] = Systems()
"""The declared systems by ISO 3166-1 alpha-2 code."""
