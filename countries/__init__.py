"""The law of each country, declared: rates, numbers, duties, retention. Pure; no wires, no clock.

One folder per country (`si/` is a good first read), found by being there (`registry`).
`base` is the vocabulary, `eu` what the members of the European Union share.
"""
