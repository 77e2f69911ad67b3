"""Code lists of EN 16931 as EN16931-UBL 1.3.16 restricts them.

Source: EN16931-UBL-validation 1.3.16 (CEN/TC 434, EUPL 1.2). Made by scripts/code_lists.py.
"""

_MEDIA_TYPES = """
application/pdf image/png image/jpeg text/csv
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
application/vnd.oasis.opendocument.spreadsheet
"""
MEDIA_TYPES = frozenset(_MEDIA_TYPES.split())
"""media types of attachments (BR-CL-24)."""
