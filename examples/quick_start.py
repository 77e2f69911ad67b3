"""Three calls: an entity, a key of its own, and its first invoice."""

from calling import Caller, check, key

platform = Caller(key())

entity = platform.post(
    "/v1/entities",
    {
        "name": "Pekarna Klas d.o.o.",
        "address": "Glavni trg 3",
        "city": "Kranj",
        "country": "Slovenia",
        "vat_id": "SI50223054",
    },
)
own = platform.post("/v1/api-keys", {"name": "shop", "role": "writer", "entity_id": entity["id"]})
invoice = Caller(own["key"]).post(
    "/v1/invoices?finalize=true",
    {
        "customer": {"name": "Ana Novak", "email": "ana@example.com"},
        "items": [{"name": "Bread", "quantity": 2, "price": 3.5}],
    },
)

check(f"it has a legal number, {invoice['number']}", invoice["state"] == "issued")
check("its total was computed, with the country's VAT", invoice["total_with_vat"] == "8.54")
