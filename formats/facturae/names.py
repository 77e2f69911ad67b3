"""Namespaces, versions and constants of Facturae."""

NAMESPACE = "http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml"
"""Of 3.2.2, the version that is written."""

ROOT = "Facturae"
VERSION = "3.2.2"

READ = {
    NAMESPACE: "3.2.2",
    "http://www.facturae.es/Facturae/2014/v3.2.1/Facturae": "3.2.1",
    "http://www.facturae.es/Facturae/2009/v3.2/Facturae": "3.2",
    "http://www.facturae.es/Facturae/2007/v3.1/Facturae": "3.1",
}
"""What is read: earlier versions have the same elements, and fewer of them."""

EARLIER = {"http://www.facturae.es/Facturae/2007/v3.0/Facturae": "3.0"}
"""What is refused by name."""

DS = "http://www.w3.org/2000/09/xmldsig#"
