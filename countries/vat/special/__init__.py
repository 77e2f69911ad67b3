"""The territories, by the state they belong to; `countries.vat.territories` joins them."""
