"""XML signatures: XMLDSig and XAdES, made and checked. Pure; XML is parsed by `formats.xml`."""

from formats.signatures.xml.check import check
from formats.signatures.xml.form import (
    Form,
    Policy,
    Properties,
    SigningError,
    Target,
    Transform,
    first_in_root,
    last_in_root,
)
from formats.signatures.xml.make import sign_detached, sign_enveloped, sign_enveloping
from formats.signatures.xml.reading import NotSignedError, content, read_signed

__all__ = (
    "Form",
    "NotSignedError",
    "Policy",
    "Properties",
    "SigningError",
    "Target",
    "Transform",
    "check",
    "content",
    "first_in_root",
    "last_in_root",
    "read_signed",
    "sign_detached",
    "sign_enveloped",
    "sign_enveloping",
)
