"""The reference authority: clears records of a made-up scheme over one ordered chain per seller.

No country has it. It has the shape of the real ones, so that everything around can be tried; it
shares no code with what makes the records.
"""
