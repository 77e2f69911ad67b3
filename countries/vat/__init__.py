"""Value added tax: what the countries' laws are, as dated data, and how a supply is taxed by them.

`system` is the vocabulary; a country declares its law in `countries/<cc>/vat.py`.
"""
