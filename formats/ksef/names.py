"""Namespace, root and constants of FA(3)."""

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
ROOT = "Faktura"
FORM_CODE = {"kodSystemowy": "FA (3)", "wersjaSchemy": "1-0E"}
"""Attributes of KodFormularza; the OpenAPI of KSeF calls the pair the form code."""

EARLIER = {
    "http://crd.gov.pl/wzor/2023/06/29/12648/": "FA(2)",
    "http://crd.gov.pl/wzor/2021/11/29/11089/": "FA(1)",
}
"""What KSeF 1.0 took; nobody may issue them since February 2026."""
