"""What bears which rate in Malaysia: goods by CN, then services by CPA."""

from datetime import date

from countries.my.sources import REGULATIONS, SALES, SCOPE, SERVICE
from countries.vat.system import STANDARD, LowerRate

LOWER_RATES = (
    # Imported delicacies among them may bear 5 per cent, which the importer pays.
    LowerRate(
        what="Live animals, meat, eggs, vegetables, cereals, flour",
        cn=("01", "02", "07", "10", "11"),
        rate="zero",
        since=date(2018, 9, 1),
        source=SALES,
    ),
    LowerRate(
        what="Fish",
        cn=("03",),
        asks=("whether the seller is their registered manufacturer, who alone charges sales tax"),
        rate="reduced sales tax",
        since=date(2018, 9, 1),
        source=SALES,
    ),
    LowerRate(
        what="Milk products",
        cn=("04",),
        asks=("whether the seller is their registered manufacturer, who alone charges sales tax"),
        rate="reduced sales tax",
        since=date(2018, 9, 1),
        source=SALES,
    ),
    LowerRate(
        what="Fruit",
        cn=("08",),
        asks=("whether the seller is their registered manufacturer, who alone charges sales tax"),
        rate="reduced sales tax",
        since=date(2018, 9, 1),
        source=SALES,
    ),
    LowerRate(
        what="Medicines", cn=("3003", "3004"), rate="zero", since=date(2018, 9, 1), source=SALES
    ),
    LowerRate(what="Fertilisers", cn=("31",), rate="zero", since=date(2018, 9, 1), source=SALES),
    LowerRate(
        what="Books, newspapers",
        cn=("4901", "4902", "4903"),
        rate="zero",
        since=date(2018, 9, 1),
        source=SALES,
    ),
    LowerRate(
        what="All other goods",
        cn=(
            *("05", "06", "09", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21"),
            *("22", "23", "24", "25", "26", "27", "28", "29", "30", "32", "33", "34", "35"),
            *("36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48"),
            *("49", "50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61"),
            *("62", "63", "64", "65", "66", "67", "68", "69", "70", "71", "72", "73", "74"),
            *("75", "76", "78", "79", "80", "81", "82", "83", "84", "85", "86", "87", "88"),
            *("89", "90", "91", "92", "93", "94", "95", "96", "97"),
        ),
        asks=("whether the seller is their registered manufacturer, who alone charges sales tax"),
        rate="sales tax",
        since=date(2018, 9, 1),
        source=SALES,
    ),
    LowerRate(
        what="Parking", cpa=("52.21.24",), rate="reduced", since=date(2024, 3, 1), source=SERVICE
    ),
    LowerRate(
        what="Logistics",
        cpa=("52.10", "52.24", "52.29", "53.20"),
        asks="whether it is a logistics service of Group J",
        rate="reduced",
        since=date(2024, 3, 1),
        source=SERVICE,
    ),
    LowerRate(
        what="Hotels", cpa=("55",), rate=STANDARD, since=date(2018, 9, 1), source=REGULATIONS
    ),
    LowerRate(
        what="Food and drinks served",
        cpa=("56",),
        rate="reduced",
        since=date(2024, 3, 1),
        source=SERVICE,
    ),
    LowerRate(
        what="Food and drinks served",
        cpa=("56",),
        rate=STANDARD,
        since=date(2018, 9, 1),
        until=date(2024, 2, 29),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Telecommunications",
        cpa=("61",),
        rate="reduced",
        since=date(2024, 3, 1),
        source=SERVICE,
    ),
    LowerRate(
        what="Telecommunications",
        cpa=("61",),
        rate=STANDARD,
        since=date(2018, 9, 1),
        until=date(2024, 2, 29),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Computer services, digital services",
        cpa=("58.2", "59.20.3", "62", "63"),
        rate=STANDARD,
        since=date(2018, 9, 1),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Lawyers, accountants, surveyors, engineers, architects, consultants",
        cpa=("69", "70.2", "71"),
        rate=STANDARD,
        since=date(2018, 9, 1),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Advertising",
        cpa=("73.1",),
        rate=STANDARD,
        since=date(2018, 9, 1),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Hire of cars; leasing of goods",
        cpa=("77",),
        asks=(
            "whether the lessor is registered, and the lessee no small business or a "
            "lessor himself"
        ),
        rate=STANDARD,
        since=date(2025, 7, 1),
        source=SCOPE,
    ),
    LowerRate(
        what="Buildings and land let",
        cpa=("68.20.12",),
        asks=(
            "whether the landlord is registered, and the tenant no small business or a "
            "landlord himself"
        ),
        rate=STANDARD,
        since=date(2025, 7, 1),
        source=SCOPE,
    ),
    LowerRate(
        what="Staff", cpa=("78",), rate=STANDARD, since=date(2018, 9, 1), source=REGULATIONS
    ),
    LowerRate(
        what="Security", cpa=("80",), rate=STANDARD, since=date(2018, 9, 1), source=REGULATIONS
    ),
    LowerRate(
        what="Cleaning", cpa=("81.2",), rate=STANDARD, since=date(2024, 3, 1), source=SERVICE
    ),
    LowerRate(
        what="Repair and maintenance",
        cpa=("33.1", "45.20", "95"),
        rate=STANDARD,
        since=date(2024, 3, 1),
        source=SERVICE,
    ),
    LowerRate(
        what="Construction",
        cpa=("41.00.3", "41.00.4", "42", "43"),
        asks="whether it is housing, or the customer is a registered builder",
        rate="reduced",
        since=date(2025, 7, 1),
        source=SCOPE,
    ),
    LowerRate(
        what="Financial services for a fee",
        cpa=("64", "66.1", "66.3"),
        asks="whether it is for a fee or commission, or interest and basic banking",
        rate=STANDARD,
        since=date(2025, 7, 1),
        source=SCOPE,
    ),
    LowerRate(
        what="General insurance",
        cpa=("65.12",),
        asks="whether the insured is a business",
        rate=STANDARD,
        since=date(2018, 9, 1),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Private schools and universities",
        cpa=("85",),
        asks="whether the fees pass 60000 ringgit a year, or the student is no citizen",
        rate="reduced",
        since=date(2025, 7, 1),
        source=SCOPE,
    ),
    LowerRate(
        what="Private health care",
        cpa=("86",),
        asks="whether the patient is a citizen (then none)",
        rate="reduced",
        since=date(2025, 7, 1),
        source=SCOPE,
    ),
    LowerRate(
        what="Betting and gaming",
        cpa=("92",),
        rate=STANDARD,
        since=date(2018, 9, 1),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Golf clubs",
        cpa=("93.11", "93.12"),
        asks="whether it is a golf club or driving range",
        rate=STANDARD,
        since=date(2018, 9, 1),
        source=REGULATIONS,
    ),
    LowerRate(
        what="Wellness and massage",
        cpa=("96.04",),
        rate=STANDARD,
        since=date(2025, 7, 1),
        source=SCOPE,
    ),
)
