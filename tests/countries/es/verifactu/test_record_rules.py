"""Our rules and the local authority's, which were written apart, find the same."""

import datetime
from dataclasses import replace

import pytest
from lxml import etree

from countries.es.cancellation import cancellation
from countries.es.chain import input_of, sealed
from countries.es.record_rules import refusals, remarks
from formats.verifactu.reading import write_record
from formats.verifactu.records import RegistroAlta
from gateway.sandbox.verifactu import alta as authority
from gateway.sandbox.verifactu.record import Record
from tests.formats.verifactu.records import NIF, SISTEMA, alta, anything

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
ONLY_THERE = frozenset({"1108", "1130", "1156", "1177", "1222", "1244", "1254", "1255"})
"""Of the header, of what the mapping and the schema see to, and of numbers of Northern Ireland."""


@pytest.mark.parametrize("seed", range(120))
def test_both_refuse_for_the_same_reasons(seed: int) -> None:
    record = anything(RegistroAlta, seed)
    seller = record.IDFactura.IDEmisorFactura
    read = Record(etree.fromstring(write_record(record)))
    theirs = set(authority.refusals(read, authority.Terms(seller, NOW))) - ONLY_THERE
    ours = {one.code for one in refusals(record, NOW.date())}
    assert ours - {"1123"} == theirs - {"1123"}
    totals = set(authority.remarks(read, authority.Terms(seller, NOW))) & {"2005", "2006"}
    assert {one.code for one in remarks(record)} == totals


def test_they_agree_on_the_huella_and_on_a_right_record() -> None:
    first = sealed(alta(), None)
    gone = cancellation(first.IDFactura, SISTEMA, NOW, unknown_there=True, rejected=True)
    for record in (first, sealed(gone, first)):
        read = Record(etree.fromstring(write_record(record)))
        assert read.has_right_huella()
        assert list(authority.refusals(read, authority.Terms(NIF, NOW))) == []
        wrong = replace(record, Huella="0" * 64)
        assert not Record(etree.fromstring(write_record(wrong))).has_right_huella()
        assert not input_of(wrong).gives(wrong.Huella)
    assert (gone.SinRegistroPrevio, gone.RechazoPrevio) == ("S", "S")
