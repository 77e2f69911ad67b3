"""The signature before it is signed: everything but digests, value and time stamp."""

from collections.abc import Sequence

from formats.signatures.signer import Algorithm
from formats.signatures.xml.algorithms import DIGEST_URIS, SIGNER_METHODS
from formats.signatures.xml.certificates import Certificate
from formats.signatures.xml.form import Form, Properties, SigningError, Target, Transform
from formats.signatures.xml.key_writing import write_key_info
from formats.signatures.xml.names import DS, EXCLUSIVE, FILTER_2, SIGNED_PROPERTIES
from formats.signatures.xml.property_writing import write_properties
from formats.signatures.xml.writing import element, escaped, with_attributes


def write_skeleton(  # noqa: PLR0913 - the parts of a signature
    form: Form,
    properties: Properties | None,
    *,
    algorithm: Algorithm,
    chain: Sequence[Certificate],
    targets: Sequence[Target],
    objects: Sequence[str] = (),
) -> str:
    """Return `ds:Signature` with empty digests and an empty value.

    Raises:
        SigningError: The algorithm is not one we sign XML with.
    """
    method = SIGNER_METHODS.get(algorithm)
    if method is None:
        raise SigningError(f"XML is not signed with {algorithm}.")
    named = [(f"{form.id}-reference-{place}", one) for place, one in enumerate(targets, 1)]
    references = [_reference(identifier, one, form) for identifier, one in named]
    way = Transform(algorithm=form.canonicalization)
    key_id = f"{form.id}-key-info" if form.signs_key_info else None
    if key_id is not None:
        part = Target(uri=f"#{key_id}", transforms=(way,))
        references.append(_reference(None, part, form))
    if properties is not None:
        part = Target(
            uri=f"#{form.id}-signed-properties", transforms=(way,), type=SIGNED_PROPERTIES
        )
        references.append(_reference(None, part, form))
    return with_attributes(
        "ds:Signature",
        {"xmlns:ds": DS, "Id": form.id},
        element(
            "ds:SignedInfo",
            element(
                "ds:CanonicalizationMethod",
                _prefix_list(form.prefixes),
                Algorithm=form.canonicalization,
            ),
            element("ds:SignatureMethod", Algorithm=method),
            *references,
        ),
        element("ds:SignatureValue", Id=f"{form.id}-value"),
        write_key_info(chain, form.key_info, key_id) if form.key_info else "",
        *objects,
        *([write_properties(properties, form, chain, named)] if properties else []),
    )


def _reference(identifier: str | None, target: Target, form: Form) -> str:
    written = [_transform(one) for one in target.transforms]
    return element(
        "ds:Reference",
        *([element("ds:Transforms", *written)] if written else []),
        element("ds:DigestMethod", Algorithm=DIGEST_URIS[target.digest or form.digest]),
        element("ds:DigestValue"),
        Id=identifier,
        Type=target.type,
        URI=target.uri,
    )


def _transform(transform: Transform) -> str:
    inside = _prefix_list(transform.prefixes)
    if transform.xpath is not None and transform.subtract:
        inside = with_attributes(
            "filter2:XPath",
            {"xmlns:filter2": FILTER_2, "Filter": "subtract"},
            escaped(transform.xpath),
        )
    elif transform.xpath is not None:
        inside = element("ds:XPath", escaped(transform.xpath))
    return element("ds:Transform", inside, Algorithm=transform.algorithm)


def _prefix_list(prefixes: tuple[str, ...]) -> str:
    if not prefixes:
        return ""
    attributes = {"xmlns:ec": EXCLUSIVE, "PrefixList": " ".join(prefixes)}
    return with_attributes("ec:InclusiveNamespaces", attributes)
