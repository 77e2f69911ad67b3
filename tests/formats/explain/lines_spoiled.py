"""Ways to spoil lines."""

from collections.abc import Iterator

from tests.formats.explain.spoils import (
    Kind,
    Mends,
    line,
    same_number,
    when,
    without_line,
)

MENDS, NEVER, MAYBE = Mends.ALWAYS, Mends.NEVER, Mends.MAYBE


def of_lines() -> Iterator[Kind]:
    net = "/net_amount"
    yield Kind(
        "line net amount 3.00 off",
        "GW-02",
        net,
        MENDS,
        line(lambda line, _: {"net_amount": line.net_amount + 3}),
    )
    yield Kind(
        "line net amount missing", "BR-24", net, MENDS, line(lambda *_: {"net_amount": None})
    )
    yield Kind(
        "quantity doubled",
        "GW-02",
        net,
        NEVER,
        line(
            when(
                lambda line: line.net_amount and line.net_amount > 1,
                lambda line: {"invoiced_quantity": line.invoiced_quantity * 2},
            )
        ),
    )
    yield Kind("a line lost", "BR-CO-10", "/totals/sum_of_line_net_amounts", NEVER, without_line)
    yield Kind(
        "price negative, amount not",
        "BR-27",
        "/item_net_price",
        MENDS,
        line(
            when(
                lambda line: line.item_net_price > 0 and not line.item_gross_price,
                lambda line: {"item_net_price": -line.item_net_price},
            )
        ),
    )
    yield Kind(
        "price and quantity negative",
        "BR-27",
        "/item_net_price",
        MENDS,
        line(
            when(
                lambda line: line.item_net_price > 0 and not line.item_gross_price,
                lambda line: {
                    "item_net_price": -line.item_net_price,
                    "invoiced_quantity": -line.invoiced_quantity,
                },
            )
        ),
    )
    yield Kind(
        "line number missing",
        "BR-21",
        "/identifier",
        MAYBE,
        line(lambda *_: {"identifier": None}),
        otherwise=True,
    )
    yield Kind("two lines of one number", "GW-10", "/identifier", MENDS, same_number)
    yield Kind(
        "VAT category of a line missing",
        "BR-CO-04",
        "/vat_category_code",
        MAYBE,
        line(lambda *_: {"vat_category_code": None}),
    )
    yield Kind(
        "VAT rate of a line missing",
        "BR-S-05",
        "/vat_rate",
        MAYBE,
        line(when(lambda line: line.vat_category_code == "S", lambda _: {"vat_rate": None})),
    )
    yield Kind(
        "VAT category of a line wrong",
        "BR-Z-05",
        "/vat_rate",
        MAYBE,
        line(
            when(lambda line: line.vat_category_code == "S", lambda _: {"vat_category_code": "Z"})
        ),
    )
    yield Kind(
        "item name missing", "BR-25", "/item_name", NEVER, line(lambda *_: {"item_name": None})
    )
    yield Kind(
        "quantity missing",
        "BR-22",
        "/invoiced_quantity",
        NEVER,
        line(lambda *_: {"invoiced_quantity": None}),
    )
