"""`/audit`: what an invited auditor sees in a browser.

The token goes into a form and never into an address; the browser holds a visit instead, which ends
with the invitation. Every page and file is in the access log before it is sent, and what is not in
scope is not there. Nothing runs in the browser, and nothing comes from elsewhere.
"""
