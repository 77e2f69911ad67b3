"""One signature, judged: form, references, mathematics, properties, strength, time, path."""

import contextlib
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from formats.signatures import algorithms
from formats.signatures.certificates import subject_of
from formats.signatures.report import Signature, Signed, SubIndication
from formats.signatures.trust import Revocations, Terms
from formats.signatures.xml.certificates import Certificate, readable
from formats.signatures.xml.context import Context
from formats.signatures.xml.countersigned import check_counter_signature
from formats.signatures.xml.document import Document
from formats.signatures.xml.evidence import carried
from formats.signatures.xml.findings import Findings
from formats.signatures.xml.keys import Claimed, claimed
from formats.signatures.xml.names import MANIFEST, ds
from formats.signatures.xml.objects import check_objects
from formats.signatures.xml.properties import (
    check_formats,
    check_policy,
    check_signing_certificate,
    claims,
    means,
    signing_time,
)
from formats.signatures.xml.qualifying import Qualifying, is_named, read_qualifying
from formats.signatures.xml.references import Reference, read_reference
from formats.signatures.xml.rejection import Rejected, constrained, indication
from formats.signatures.xml.signatory import Found, find_signer
from formats.signatures.xml.stamps import check_stamps
from formats.signatures.xml.structure import Structure, read_structure


def judge(element: etree._Element, document: Document, context: Context) -> Signature:
    """Judge a signature. Raises nothing: what goes wrong is in the result."""
    judgement = _Judgement(element, document, context)
    try:
        judgement.run()
    except Rejected as rejection:
        judgement.findings.rejected(rejection)
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a pass
        judgement.findings.failed(
            "format",
            SubIndication.FORMAT_FAILURE,
            f"It cannot be judged: {type(error).__name__} {str(error)[:200]}",
        )
    return judgement.signature()


class _Judgement:
    """One run of the checks, step by step."""

    def __init__(self, element: etree._Element, document: Document, context: Context) -> None:
        self._element = element
        self._document = document
        self._context = context
        self.findings = Findings()
        self._references: list[Reference] = []
        self._properties: Qualifying | None = None
        self._found: Found | None = None
        self._method: str | None = None
        self._claimed_at: datetime.datetime | None = None
        self._proven_at: datetime.datetime | None = None

    def run(self) -> None:
        """Look at everything; what does not depend on a failed check is still looked at."""
        structure = read_structure(self._element, self._document)
        self._method = structure.method
        self.findings.passed("format")
        complete = self._read_references(structure)
        with self._noted():
            if complete:
                self._properties = read_qualifying(structure, self._references)
        given = self._context.certificates
        keys = claimed(structure.key_info, self._document, known=self._known(), unnamed=given)
        with self._noted():
            self._found = find_signer(structure, keys, self._preferred(keys), self.findings)
        if complete:
            if not self._signed():
                self.findings.rejected(constrained("reference", "It signs nothing but itself."))
            self._check_properties(structure)
            with self._noted():
                check_objects(structure, self._references)
            with self._noted():
                check_counter_signature(self._element, self._references, self.findings)
        terms, more = self._terms()
        if self._properties is not None:
            self._proven_at = check_stamps(
                self._properties.unsigned,
                structure,
                self._document,
                terms=terms,
                certificates=more,
                findings=self.findings,
            )
        if self._found is not None:
            self._check_strength(self._found)
            self._check_path(self._found, terms, more)

    def _read_references(self, structure: Structure) -> bool:
        for element in structure.references:
            with self._noted():
                self._references.append(
                    read_reference(element, self._document, self._element, self._context.detached)
                )
        complete = len(self._references) == len(structure.references)
        if complete:
            self.findings.passed("reference", f"{len(self._references)} digests are right.")
        if any(one.type == MANIFEST for one in self._references):
            self.findings.not_judged("manifest", "What a manifest lists is not looked at.")
        return complete

    def _known(self) -> list[bytes]:
        store = self._context.terms.store
        held = (*store.anchors, *store.extra) if store else ()
        return [*self._context.certificates, *held]

    def _preferred(self, keys: Claimed) -> tuple[Certificate, ...]:
        properties = self._properties
        if properties is None:
            return ()
        held = [*keys.certificates, *readable(carried(properties)[0])]
        return tuple(one for cert in claims(properties) for one in held if means(cert, one))

    def _check_strength(self, found: Found) -> None:
        """Judge the algorithms, apart from the mathematics: an old signature can be right."""
        at = self._proven_at or self._context.terms.at
        problems = [algorithms.digest_problem(found.method.digest, at)]
        problems += [algorithms.digest_problem(o.digest_algorithm, at) for o in self._references]
        problems.append(algorithms.key_problem(found.key, at))
        worst = next((one for one in problems if one is not None), None)
        if worst is None:
            self.findings.passed("algorithm", self._method or "")
        else:
            self.findings.failed(
                "algorithm", SubIndication.CRYPTO_CONSTRAINTS_FAILURE, f"Too weak: {worst}."
            )

    def _check_properties(self, structure: Structure) -> None:
        properties = self._properties
        if properties is None:
            return
        with self._noted():
            self._claimed_at = signing_time(properties)
        certificate = self._found.certificate if self._found else None
        if certificate is not None:
            with self._noted():
                signed = any(one.target is structure.key_info for one in self._references)
                detail = check_signing_certificate(properties, certificate, key_info_signed=signed)
                self.findings.passed("signing-certificate", detail)
        with self._noted():
            check_policy(properties, self._context.policies, self.findings)
        with self._noted():
            check_formats(properties, self._references)

    def _terms(self) -> tuple[Terms, tuple[bytes, ...]]:
        """Return the terms with the evidence that the signature carries, and its certificates."""
        terms = self._context.terms
        more, crls, ocsps = carried(self._properties)
        known = terms.revocations
        both = Revocations((*known.crls, *crls), (*known.ocsps, *ocsps))
        return replace(terms, revocations=both), more

    def _check_path(self, found: Found, terms: Terms, more: tuple[bytes, ...]) -> None:
        if found.certificate is None:
            self.findings.failed(
                "certificate",
                SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
                "The signature holds a key without a certificate: nobody says whose it is.",
            )
            return
        chain = [found.certificate.der, *(one.der for one in found.others), *more]
        checks, reason = terms.path(chain, at=self._proven_at)
        self.findings.checks.extend(checks)
        self.findings.reason = self.findings.reason or reason

    @contextlib.contextmanager
    def _noted(self) -> Iterator[None]:
        """Note a rejection and go on with what does not depend on it."""
        try:
            yield
        except Rejected as rejection:
            self.findings.rejected(rejection)

    def signature(self) -> Signature:
        """Return the verdict."""
        certificate = self._found.certificate if self._found else None
        reason = self.findings.reason
        return Signature(
            format=self._format(),
            indication=indication(reason),
            sub_indication=reason,
            checks=tuple(self.findings.checks),
            signed=self._signed() if self._found and not self.findings.broken else (),
            certificate=certificate.der if certificate else None,
            subject=subject_of(certificate.der) if certificate else None,
            claimed_at=self._claimed_at,
            proven_at=self._proven_at,
            algorithm=self._method,
        )

    def _format(self) -> str:
        if self._properties is None:
            return "XMLDSig"
        return "XAdES-B" if self._proven_at is None else "XAdES-T"

    def _signed(self) -> tuple[Signed, ...]:
        return tuple(
            Signed(one.name, one.content, one.digest_algorithm, one.file)
            for one in self._references
            if not _is_own(one.target, self._element)
        )


def _is_own(target: etree._Element | None, signature: etree._Element) -> bool:
    """Tell whether a part of the signature itself is meant, and not content in its Object."""
    if target is None:
        return False
    line: Sequence[etree._Element] = (target, *target.iterancestors())
    if signature not in line or target is signature:
        return False
    inside = line[: line.index(signature)]
    return inside[-1].tag != ds("Object") or any(
        is_named(one, "QualifyingProperties") for one in inside
    )
