import pytest

from countries.si.cash import TRANSFERS, by_transfer, names_cash
from tests.formats.samples import invoice


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ([], (False, False)),  # nobody says: it may be
        (["30"], (False, True)),
        ([" 58 "], (False, True)),
        (["10"], (True, False)),
        (["48"], (True, False)),  # a card is cash for the law
        (["30", "10"], (True, False)),
        (["ZZZ"], (True, False)),
        ([None], (False, False)),
    ],
)
def test_what_is_no_transfer_may_be_cash(codes: list[str | None], said: tuple[bool, bool]) -> None:
    one = invoice(payment_instructions=[{"payment_means_type_code": code} for code in codes])
    assert (names_cash(one), by_transfer(one)) == said


def test_no_code_of_cash_or_cards_is_a_transfer() -> None:
    assert not TRANSFERS & {"1", "10", "20", "48", "54", "55", "68", "97", "ZZZ"}
