"""The wire of KSeF 2.0, Poland's national system of invoices: what goes out and what comes back.

Pure: bytes in, bytes out. Keys, random bytes and the time are arguments. The invoice itself,
FA(3), is another format; here it is a sequence of bytes with a digest.

Source: `open-api.json` of the API and CIRFMF/ksef-docs (uwierzytelnianie.md,
sesja-interaktywna.md, sesja-wsadowa.md, bezpieczenstwo/, auth/), read 2026-11-22.
"""
