"""What prefixes mean in an expression: the static context's namespaces (section 2.1.1)."""

from collections.abc import Mapping

XS = "http://www.w3.org/2001/XMLSchema"
FN = "http://www.w3.org/2005/xpath-functions"
# The skeleton of ISO Schematron declares `xsd` in all it makes, and official schemas rely on it.
_KNOWN = {
    "xs": XS,
    "xsd": XS,
    "fn": FN,
    "xml": "http://www.w3.org/XML/1998/namespace",
}


class Names:
    """Turns prefixed names into the spelling of the syntax tree.

    Every method raises KeyError for a prefix that was not declared.
    """

    def __init__(self, namespaces: Mapping[str, str], default_element_namespace: str) -> None:
        self._namespaces = {**_KNOWN, **namespaces}
        self._default = default_element_namespace

    def namespace(self, prefix: str) -> str:
        """Return the namespace of a prefix."""
        return self._namespaces[prefix]

    def element(self, name: str) -> tuple[str, str]:
        """Return namespace and local name; without prefix, the default element namespace's."""
        prefix, colon, local = name.partition(":")
        return (self._namespaces[prefix], local) if colon else (self._default, name)

    def attribute(self, name: str) -> tuple[str, str]:
        """Return namespace and local name; without prefix, no namespace."""
        prefix, colon, local = name.partition(":")
        return (self._namespaces[prefix], local) if colon else ("", name)

    def variable(self, name: str) -> str:
        """Return a Clark name, or the bare name when there is no prefix."""
        namespace, local = self.attribute(name)
        return f"{{{namespace}}}{local}" if namespace else local

    def function(self, name: str) -> str:
        """Return `contains`, `xs:decimal` or `{namespace}local`."""
        namespace, local = self.attribute(name)
        if namespace in {"", FN}:
            return local
        return f"xs:{local}" if namespace == XS else f"{{{namespace}}}{local}"

    def type(self, name: str) -> str:
        """Return `xs:decimal`, or a Clark name for a type that is not of XML Schema."""
        namespace, local = self.element(name)
        if namespace == XS:
            return f"xs:{local}"
        return f"{{{namespace}}}{local}" if namespace else local
