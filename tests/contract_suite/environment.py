"""Authorities that are not ours: real test systems, named in the environment.

For a channel `sandbox-authority`, `CONTRACT_SANDBOX_AUTHORITY_URL` and `..._TRUST` (a certificate
in PEM); a channel may want more, and its party says which. They cannot be told to fail, so only
what needs no fault is asked of them.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx2
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.contract_suite.authority import AuthorityParty
from tests.contract_suite.furs import RealFurs, Taxpayer
from tests.contract_suite.hr_cis import RealCis
from tests.contract_suite.hr_cis import Taxpayer as CroatianTaxpayer
from tests.contract_suite.network import NetworkParty
from tests.contract_suite.party import Party


class NotConfiguredError(Exception):
    """The environment does not name the system; the message says what is missing."""


def _needed(channel: str, *names: str) -> list[str]:
    prefix = f"CONTRACT_{channel.upper().replace('-', '_')}_"
    missing = [prefix + name for name in names if not os.environ.get(prefix + name)]
    if missing:
        raise NotConfiguredError(f"set {', '.join(missing)}")
    return [os.environ[prefix + name] for name in names]


@contextmanager
def elsewhere_network(directory: Path) -> Iterator[Party]:
    """Use the access point of the environment."""
    assert directory.is_dir()
    url, trust = _needed(NetworkParty.name, "URL", "TRUST")
    yield NetworkParty(url, Path(trust))


@contextmanager
def elsewhere_authority(directory: Path) -> Iterator[Party]:
    """Use the authority of the environment; it must give out test certificates."""
    url, records, trust = _needed(AuthorityParty.name, "URL", "RECORDS_URL", "TRUST")
    with httpx2.Client(timeout=30, verify=True) as client:
        yield AuthorityParty(url, records, Path(trust), directory, client)


@contextmanager
def elsewhere_furs(directory: Path) -> Iterator[Party]:
    """Use FURS's test system, with a test certificate of eDavki; a premise is registered there.

    `CONTRACT_SI_FURS_TRUST` holds the CA of its TLS and the one that signs its answers.
    """
    url, trust, file, password, number = _needed(
        RealFurs.name, "URL", "TRUST", "P12", "PASSWORD", "TAX_NUMBER"
    )
    taxpayer = Taxpayer(number, *_held(RealFurs.name, file, password), directory)
    with httpx2.Client(timeout=30) as client:
        yield RealFurs(url, url, Path(trust), directory, client, taxpayer=taxpayer)


@contextmanager
def elsewhere_cis(directory: Path) -> Iterator[Party]:
    """Use CIS's test system, with FINA's demo certificate for fiscalization.

    `CONTRACT_HR_CIS_TRUST` holds FINA's demo root and issuing CA.
    """
    assert directory.is_dir()
    url, trust, file, password, oib = _needed(
        RealCis.name, "URL", "TRUST", "P12", "PASSWORD", "OIB"
    )
    taxpayer = CroatianTaxpayer(oib, *_held(RealCis.name, file, password))
    with httpx2.Client(timeout=30) as client:
        yield RealCis(url, url, Path(trust), client, taxpayer=taxpayer)


def _held(channel: str, file: str, password: str) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Return the key and the certificate in a PKCS #12 file."""
    key, certificate, _ = pkcs12.load_key_and_certificates(
        Path(file).read_bytes(), password.encode()
    )
    if not isinstance(key, rsa.RSAPrivateKey) or certificate is None:
        name = channel.upper().replace("-", "_")
        raise NotConfiguredError(f"CONTRACT_{name}_P12 holds no RSA key with its certificate")
    return key, certificate


ELSEWHERE: dict[str, Callable[[Path], AbstractContextManager[Party]]] = {
    NetworkParty.name: elsewhere_network,
    AuthorityParty.name: elsewhere_authority,
    RealFurs.name: elsewhere_furs,
    RealCis.name: elsewhere_cis,
}
"""By channel."""
