"""The demo's sellers, one in each declared country, and their buyers. All of them are made up."""

from typing import Any

SELLERS: dict[str, dict[str, Any]] = {
    "BE": {
        "name": "Brouwerij De Linde BV",
        "country_code": "BE",
        "seller": {
            "name": "Brouwerij De Linde BV",
            "vat_identifier": "BE0797563593",
            "legal_registration_identifier": {"value": "0797563593", "scheme_identifier": "0208"},
            "electronic_address": {"value": "0797563593", "scheme_identifier": "0208"},
            "postal_address": {"line_1": "Lindestraat 4", "city": "Gent", "post_code": "9000"},
        },
    },
    "DE": {
        "name": "Rheinwerk Maschinenbau GmbH",
        "country_code": "DE",
        "seller": {
            "name": "Rheinwerk Maschinenbau GmbH",
            "vat_identifier": "DE129261942",
            "electronic_address": {"value": "DE129261942", "scheme_identifier": "9930"},
            "postal_address": {"line_1": "Uferweg 12", "city": "Köln", "post_code": "50667"},
            "contact": {
                "point": "Buchhaltung",
                "telephone_number": "+49 221 5550100",
                "email_address": "rechnung@rheinwerk.example",
            },
        },
    },
    "NL": {
        "name": "Gracht & Zonen B.V.",
        "country_code": "NL",
        "seller": {
            "name": "Gracht & Zonen B.V.",
            "vat_identifier": "NL866267384B01",
            "legal_registration_identifier": {"value": "68750110", "scheme_identifier": "0106"},
            "electronic_address": {"value": "68750110", "scheme_identifier": "0106"},
            "postal_address": {
                "line_1": "Keizersgracht 100",
                "city": "Amsterdam",
                "post_code": "1015 CV",
            },
        },
    },
    "SI": {
        "name": "Kranjska pekarna d.o.o.",
        "country_code": "SI",
        "seller": {
            "name": "Kranjska pekarna d.o.o.",
            "vat_identifier": "SI27289877",
            "electronic_address": {"value": "SI27289877", "scheme_identifier": "9949"},
            "postal_address": {
                "line_1": "Cesta na grad 7",
                "city": "Škofja Loka",
                "post_code": "4220",
            },
        },
    },
}

BUYERS: dict[str, dict[str, Any]] = {
    "BE": {
        "name": "Maison Meuse SRL",
        "vat_identifier": "BE0535825327",
        "legal_registration_identifier": {"value": "0535825327", "scheme_identifier": "0208"},
        "electronic_address": {"value": "0535825327", "scheme_identifier": "0208"},
        "postal_address": {
            "line_1": "Rue du Pont 1",
            "city": "Namur",
            "post_code": "5000",
            "country_code": "BE",
        },
    },
    "DE": {
        "name": "Elbhandel GmbH",
        "vat_identifier": "DE127724296",
        "electronic_address": {"value": "DE127724296", "scheme_identifier": "9930"},
        "postal_address": {
            "line_1": "Speicherstraße 3",
            "city": "Hamburg",
            "post_code": "20457",
            "country_code": "DE",
        },
    },
    "NL": {
        "name": "Polder Fietsen B.V.",
        "vat_identifier": "NL514037295B01",
        "legal_registration_identifier": {"value": "64060616", "scheme_identifier": "0106"},
        "electronic_address": {"value": "64060616", "scheme_identifier": "0106"},
        "postal_address": {
            "line_1": "Dijkweg 21",
            "city": "Utrecht",
            "post_code": "3511 AB",
            "country_code": "NL",
        },
    },
    "SI": {
        "name": "Gostilna Pri Lipi d.o.o.",
        "vat_identifier": "SI41519523",
        "electronic_address": {"value": "SI41519523", "scheme_identifier": "9949"},
        "postal_address": {
            "line_1": "Glavni trg 2",
            "city": "Ljubljana",
            "post_code": "1000",
            "country_code": "SI",
        },
    },
}
