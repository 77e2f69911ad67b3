"""Mend what is certain: findings get the JSON Patch that makes them go away, and nothing else.

A patch is offered only where the document itself says what was meant, and only after the
patched invoice was judged again: what was found is gone, and nothing new is found.
"""

from formats.explain.repair.engine import Judge, Repaired, repair, with_repairs
from formats.explain.repair.subject import Patch, Subject

__all__ = ["Judge", "Patch", "Repaired", "Subject", "repair", "with_repairs"]
