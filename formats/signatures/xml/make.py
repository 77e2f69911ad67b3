"""Making XML signatures: enveloped, enveloping and detached; XMLDSig, or XAdES with `Properties`.

A signature is written with empty digests, put into its document, and the whole is parsed again:
then it is digested and signed as every reader will see it, by the code that checks. Before it is
handed out it is checked.
"""

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from formats.signatures.signer import Signer
from formats.signatures.xml import canonical
from formats.signatures.xml.certificates import Certificate, read_certificate
from formats.signatures.xml.document import READ_ENCODINGS
from formats.signatures.xml.form import (
    Form,
    Place,
    Properties,
    SigningError,
    Target,
    Transform,
    last_in_root,
)
from formats.signatures.xml.making import Order, fill
from formats.signatures.xml.names import BASE64, DS, ENVELOPED
from formats.signatures.xml.skeleton import write_skeleton
from formats.signatures.xml.writing import element, packed
from formats.xml import UnreadableDocumentError, parse

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def sign_enveloped(  # noqa: PLR0913 - what profiles differ in, each with a name
    document: bytes,
    signer: Signer,
    form: Form | None = None,
    properties: Properties | None = None,
    *,
    targets: Sequence[Target] | None = None,
    place: Place = last_in_root,
) -> bytes:
    """Return a document with a signature in it.

    Args:
        document: XML without DOCTYPE.
        signer: The key, with its certificate.
        form: How; the usual way when it is None.
        properties: What XAdES adds; None for XMLDSig.
        targets: What is signed; all of the document but the signature when it is None.
        place: Where the signature stands.

    Raises:
        SigningError: It cannot be made this way.
        SignerError: The key cannot be used.
    """
    form = form or Form()
    whole = Target(transforms=(Transform(algorithm=ENVELOPED), _canonical(form)))
    order, skeleton = _begin(signer, form, properties, targets or [whole])
    return fill(_placed(document, skeleton, place), order)


def sign_enveloping(
    content: bytes,
    signer: Signer,
    form: Form | None = None,
    properties: Properties | None = None,
    *,
    target: Target | None = None,
) -> bytes:
    """Return a signature that holds what it signs.

    Args:
        content: XML, or a file of any kind, which is held in base64.
        signer: The key, with its certificate.
        form: How; the usual way when it is None.
        properties: What XAdES adds; None for XMLDSig.
        target: How the content is spoken of; its `uri` and `transforms` are set here when it has
            none.

    Raises:
        SigningError: It cannot be made this way.
        SignerError: The key cannot be used.
    """
    form = form or Form()
    identifier = f"{form.id}-object"
    held, transform = _object(content, identifier, form)
    given = target or Target()
    named = Target(
        uri=given.uri or f"#{identifier}",
        transforms=given.transforms or (transform,),
        type=given.type or f"{DS}Object",
        digest=given.digest,
        mime_type=given.mime_type,
        description=given.description,
        encoding=given.encoding,
    )
    order, skeleton = _begin(signer, form, properties, [named], [held])
    return fill(skeleton.encode(), order)


def sign_detached(
    targets: Sequence[Target],
    signer: Signer,
    form: Form | None = None,
    properties: Properties | None = None,
) -> bytes:
    """Return a signature over files that stand elsewhere.

    Args:
        targets: The files: `uri` is the name they will be found by, `content` their bytes.
        signer: The key, with its certificate.
        form: How; the usual way when it is None.
        properties: What XAdES adds; None for XMLDSig.

    Raises:
        SigningError: It cannot be made this way.
        SignerError: The key cannot be used.
    """
    order, skeleton = _begin(signer, form or Form(), properties, targets)
    return fill(skeleton.encode(), order)


def _begin(
    signer: Signer,
    form: Form,
    properties: Properties | None,
    targets: Sequence[Target],
    objects: Sequence[str] = (),
) -> tuple[Order, str]:
    chain = _chain(signer)
    if not targets or _ID.fullmatch(form.id) is None:
        raise SigningError("A signature needs something to sign, and an id that is a name.")
    if form.canonicalization not in canonical.METHODS:
        raise SigningError(f"{form.canonicalization} is no canonicalization that is known.")
    algorithm = form.algorithm or signer.algorithm
    order = Order(
        signer=signer,
        certificate=chain[0],
        algorithm=algorithm,
        form=form,
        properties=properties,
        files=_files(targets),
    )
    return order, write_skeleton(
        form,
        properties,
        algorithm=algorithm,
        chain=chain,
        targets=targets,
        objects=objects,
    )


def _chain(signer: Signer) -> list[Certificate]:
    try:
        chain = [read_certificate(der) for der in signer.certificate_chain]
    except ValueError as error:
        raise SigningError(f"The signer's certificate cannot be read: {error}") from None
    if not chain:
        raise SigningError("An XML signature needs the signer's certificate.")
    return chain


def _files(targets: Sequence[Target]) -> Mapping[str, bytes]:
    files = {one.uri: one.content for one in targets if one.content is not None}
    if len(files) < sum(one.content is not None for one in targets):
        raise SigningError("Two files have the same name.")
    return files


def _canonical(form: Form) -> Transform:
    return Transform(algorithm=form.canonicalization)


def _placed(document: bytes, skeleton: str, place: Place) -> bytes:
    """Return the document with the skeleton in it, as text: no node is moved between trees."""
    try:
        root = parse(document, encodings=READ_ENCODINGS)
    except UnreadableDocumentError as error:
        raise SigningError(f"What is to be signed cannot be read: {error}") from None
    parent, index = place(root)
    here = _marker(root)
    parent.insert(index, etree.ProcessingInstruction(here))
    written: bytes = etree.tostring(root.getroottree(), encoding="UTF-8")
    return written.replace(f"<?{here} ?>".encode(), skeleton.encode(), 1)


def _marker(root: etree._Element) -> str:
    """Return a name for an instruction that does not stand in the document."""
    written = etree.tostring(root.getroottree(), encoding="UTF-8")
    number = 0
    while f"signature-{number}".encode() in written:
        number += 1
    return f"signature-{number}"


def _object(content: bytes, identifier: str, form: Form) -> tuple[str, Transform]:
    """Return `ds:Object` with the content, and the transform that goes with it."""
    try:
        written = etree.tostring(parse(content), encoding="unicode", with_tail=False)
    except UnreadableDocumentError:
        if content.lstrip().startswith(b"<"):
            raise SigningError("The content looks like XML and cannot be read as such.") from None
        held = element("ds:Object", packed(content), Id=identifier, Encoding=BASE64)
        return held, Transform(algorithm=BASE64)
    return element("ds:Object", str(written), Id=identifier), _canonical(form)
