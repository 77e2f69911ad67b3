"""The machine's authorities are read once, until they change."""

import os
import ssl
from pathlib import Path

import pytest
from cryptography import x509

from gateway.kit.exchange import Client
from gateway.kit.outbound import Policy
from gateway.kit.trust import trusting
from tests.gateway.signing.authority import Authority, pem


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the authorities that this machine trusts; one."""
    file = tmp_path / "machine.pem"
    file.write_text(pem(Authority.root("First").certificate))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return file


def names(context: ssl.SSLContext) -> list[str]:
    return [
        str(name.value)
        for der in context.get_ca_certs(binary_form=True)
        for name in x509.load_der_x509_certificate(der).subject
    ]


@pytest.mark.usefixtures("machines")
def test_it_verifies_names_and_certificates() -> None:
    context = trusting()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert names(context) == ["First"]


@pytest.mark.usefixtures("machines")
def test_the_machines_are_read_once() -> None:
    assert trusting() is trusting()
    assert Client(Policy()).trust is trusting()


def test_they_are_read_again_when_the_file_changed(machines: Path) -> None:
    before = trusting()
    machines.write_text(pem(Authority.root("Second").certificate))
    os.utime(machines, ns=(1, 1))
    assert names(trusting()) == ["Second"]
    assert names(before) == ["First"]


@pytest.mark.usefixtures("machines")
def test_they_are_read_again_when_another_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting()
    other = tmp_path / "other.pem"
    other.write_text(pem(Authority.root("Other").certificate))
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    assert names(trusting()) == ["Other"]


@pytest.mark.usefixtures("machines")
def test_a_file_of_its_own_is_trusted_alone(tmp_path: Path) -> None:
    own = tmp_path / "own.pem"
    own.write_text(pem(Authority.root("Own").certificate))
    assert names(trusting(own)) == ["Own"]
    assert trusting(own) is not trusting(own)
    assert names(trusting()) == ["First"]
