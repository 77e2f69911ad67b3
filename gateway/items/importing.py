"""Items from the rows of a file: by what headings, and which item a row is."""

import datetime
from typing import Any
from uuid import UUID

from gateway.imports.service import Outcome
from gateway.imports.sheet import Columns
from gateway.items import service
from gateway.kit.tenancy import TenantTransaction

COLUMNS = Columns.of(
    {
        "name": "item,item name,product,product name,title,naziv,artikel,ime,bezeichnung,"
        "artikelname,produkt,nom,désignation,article,nome,articolo,prodotto,nombre,artículo,"
        "producto,naam,nazwa,proizvod,denumire,produs",
        "description": "opis,beschreibung,descrizione,descripción,omschrijving,descriere",
        "price": "net price,unit price,cena,neto cena,preis,nettopreis,einzelpreis,prix,prix ht,"
        "prezzo,precio,prijs,cijena,preț",
        "currency_code": "currency,valuta,währung,devise,divisa,moneda,waluta",
        "base_quantity": "price base quantity,količina za ceno,preiseinheit",
        "unit": "unit of measure,uom,unit code,enota,em,enota mere,einheit,unité,unità,unidad,"
        "eenheid,jednostka,jedinica mjere,unitate",
        "vat_category_code": "vat category,vat_category",
        "vat_rate": "vat,vat rate,vat %,tax rate,ddv,stopnja ddv,ddv %,mwst,mwst-satz,ust,tva,"
        "taux tva,iva,aliquota iva,tipo iva,btw,stawka vat,pdv",
        "tax_id": "tax",
        "sku": "item number,article number,product code,code,šifra,šifra artikla,artikelnummer,"
        "artikel-nr,référence,codice,codice articolo,referencia,código,artikelcode,indeks",
        "gtin": "ean,barcode,črtna koda,strichcode,code-barres,codice a barre,código de barras",
        "buyers_identifier": "buyer's item number",
        "country_of_origin": "origin,država porekla,ursprungsland,pays d'origine",
    },
    numbers=frozenset({"price", "base_quantity", "vat_rate"}),
)


def take(
    tx: TenantTransaction, members: dict[str, Any], now: datetime.datetime
) -> tuple[Outcome, UUID]:
    """Create the item that a row is, or change it where the row says something else.

    An item is recognised by its sku; a row without one is always a new item. Empty cells change
    nothing.

    Raises:
        RequestInvalidProblem: The item would be wrong.
        NotFoundProblem: There is no such tax.
    """
    sku = members.get("sku")
    known = service.by_sku(tx, sku) if isinstance(sku, str) else None
    if known is None:
        return "created", service.create(tx, members, now).row.id
    changed = service.change(tx, known.row.id, members, now)
    return ("unchanged" if changed == known else "updated"), known.row.id
