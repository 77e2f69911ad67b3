"""A SaaS platform takes on a customer: entity, look, first invoice, PDF (the brief's seed 1)."""

from calling import Caller, check, key

platform = Caller(key())

# At sign-up, with what the platform knows, and its own name for the customer.
entity = platform.post(
    "/v1/entities",
    {
        "name": "Studio Lipa d.o.o.",
        "address": "Slovenska cesta 1",
        "city": "Ljubljana",
        "country": "Slovenia",
        "currency_code": "EUR",
        "metadata": {"tenant": "tenant-42"},
    },
)
check("the country's name became its code", entity["country_code"] == "SI")
check("it is a sandbox entity", entity["environment"] == "sandbox")
found = platform.get("/v1/entities?metadata[tenant]=tenant-42")["data"]
check("it is found by the platform's own name", entity["id"] in {one["id"] for one in found})

# What is missing, before anybody runs into it.
home = f"/v1/entities/{entity['id']}"
readiness = platform.get(f"{home}/readiness")
missing = readiness["missing"]
check(f"it is not ready for live; missing: {missing}", not readiness["ready_for_live"])
platform.patch(home, {"seller": {"vat_identifier": "SI50223054"}})

# Its look.
entity = platform.patch(
    home,
    {
        "settings": {
            "pdf_template": {"primary_color": "#0a7d55"},
            "email_defaults": {"sender_name": "Studio Lipa"},
        }
    },
)
entity = platform.patch(home, {"settings": {"pdf_template": {"name": "classic"}}})
template = entity["settings"]["pdf_template"]
check("settings are merged, not replaced", template["primary_color"] == "#0a7d55")

# The first invoice, as short as can be.
shop = platform.about(entity["id"])
body = {
    "customer": {"name": "Kavarna Rožle", "email": "racuni@rozle.example"},
    "items": [{"name": "Logo design", "quantity": 1, "price": "100.00"}],
    "metadata": {"order": "o-1"},
    "expected_total": "122.00",
}
preview = shop.post("/v1/invoices/preview", body)
check("a preview knows the total", preview["total_with_vat"] == "122.00")
invoice = shop.post("/v1/invoices?finalize=true", body)
check("it got the number of the preview", invoice["number"] == preview["number"])
[tax] = invoice["invoice"]["vat_breakdown"]
check("the country's standard rate was applied", float(tax["category_rate"]) == 22)
check("the customer was created", invoice["customer_id"] is not None)

# What its customer sees.
first = shop.ask("GET", f"/v1/invoices/{invoice['id']}/pdf").content
again = shop.ask("GET", f"/v1/invoices/{invoice['id']}/pdf").content
check("the PDF is one, and stays the same", first.startswith(b"%PDF-") and first == again)

# What the platform traces.
happened = shop.get("/v1/events")["data"]
final = next(event for event in happened if event["type"] == "invoice.finalized")
check("its own references are in the events", final["data"]["metadata"] == {"order": "o-1"})
