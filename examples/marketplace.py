"""A marketplace: sellers, orders that become invoices, export, totals (the brief's seed 3)."""

import io
import json
import zipfile
from decimal import Decimal

from calling import Caller, Json, check, key

platform = Caller(key())

SELLERS = (
    ("Vino Brda d.o.o.", "SI", "SI50223054", "WINE-{seq:3}"),
    ("Rheinwerk Antik GmbH", "DE", "DE129261942", "{yyyy}/{seq:3}"),
    ("Lindeboom Boeken B.V.", "NL", "NL866267384B01", "INV-{seq:5}"),
)
PRICES = ("19.99", "5.00", "120.50")


def seller(name: str, country: str, vat: str, pattern: str) -> Json:
    """Take on a seller, who numbers invoices in a way of its own."""
    return platform.post(
        "/v1/entities",
        {
            "name": name,
            "address": "Market street 1",
            "city": "Town",
            "post_code": "1000",
            "country": country,
            "vat_id": vat,
            "settings": {"number_formats": {"invoice": pattern}},
            "metadata": {"role": "seller"},
        },
    )


def sold(shop: Caller, number: int) -> Json:
    """Turn an order into an invoice."""
    order = shop.post(
        "/v1/orders?finalize=true",
        {
            "customer": {"name": f"Buyer {number}", "email": f"buyer{number}@example.com"},
            "items": [{"name": "Goods", "quantity": number, "price": PRICES[number % 3]}],
            "metadata": {"order": f"o-{number}"},
        },
    )
    draft = shop.post(f"/v1/documents/{order['id']}/convert", {"to": "invoice"})
    return shop.post(f"/v1/invoices/{draft['id']}/finalize")


entities = [seller(*one) for one in SELLERS]
invoices: dict[str, list[Json]] = {}
for entity in entities:
    shop = platform.about(entity["id"])
    invoices[entity["id"]] = [sold(shop, number) for number in (1, 2, 3)]

first = [invoices[entity["id"]][0]["number"] for entity in entities]
check(f"each seller numbers in its own way: {first}", len(set(first)) == 3)
check("and begins at one", first[0] == "WINE-001" and first[1].endswith("/001"))

# One is paid, one is returned.
shop = platform.about(entities[0]["id"])
paid, returned, _ = invoices[entities[0]["id"]]
shop.post(f"/v1/documents/{paid['id']}/payments", {"amount": paid["amount_due"]})
check("paid", shop.get(f"/v1/invoices/{paid['id']}")["payment_status"] == "paid")
draft = shop.post(f"/v1/documents/{returned['id']}/corrections", {"reason": "Returned"})
credit = shop.post(f"/v1/credit-notes/{draft['id']}/finalize")
reference = credit["invoice"]["preceding_invoice_references"][0]["reference"]
check("the credit note names its invoice", reference == returned["number"])
check("corrected", shop.get(f"/v1/invoices/{returned['id']}")["state"] == "corrected")

# Data never mixes.
other = platform.about(entities[1]["id"])
listed = {one["id"] for one in other.get("/v1/invoices?limit=200")["data"]}
check(
    "a seller sees its own invoices alone",
    listed == {one["id"] for one in invoices[entities[1]["id"]]},
)

# Everything, for the accountant.
job = platform.post("/v1/exports", {"format": "xml_zip", "kinds": ["invoice", "credit_note"]})
done = platform.finished(job["id"])
check(f"the export is {done['state']}", done["state"] == "succeeded")
content = platform.ask("GET", f"/v1/exports/{job['id']}/file").content
with zipfile.ZipFile(io.BytesIO(content)) as archive:
    manifest = json.loads(archive.read("manifest.json"))
check(f"it holds {manifest['count']} documents", manifest["count"] == 10)

# Totals, by seller.
report = platform.get("/v1/reports/totals?group_by=entity,currency,kind")["data"]
invoiced = sum(Decimal(row["total_with_vat"]) for row in report if row.get("kind") == "invoice")
wanted = sum(Decimal(one["total_with_vat"]) for each in invoices.values() for one in each)
check(f"totals of all sellers: {invoiced}", invoiced == wanted)
board = platform.get("/v1/reports/compliance")["data"]
check("every seller is on the compliance board", len(board) >= 3)
