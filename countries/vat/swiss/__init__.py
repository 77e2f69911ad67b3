"""The VAT of Switzerland and Liechtenstein: one territory by treaty, two acts that say the same.

Each country gives the articles of its own act.
"""
