"""Where authorities are: the operator's addresses, for live entities and for those of the sandbox.

Names and environment are those of `Settings`.
"""

from pydantic import Field
from pydantic_settings import BaseSettings

from gateway.settings_types import Directory


class AuthoritySettings(BaseSettings):
    """An address and whom to believe there, for each channel; see `channels/places.py`."""

    sandbox_network_url: str | None = None
    """Where the receiving access point of the sandbox listens; unset: started with the gateway."""

    sandbox_network_trust: Directory | None = None
    """The certificate (PEM) that the sandbox network's answers must chain to."""

    sandbox_authority_url: str | None = None
    """Where the sandbox's tax authority takes records; unset: started with the gateway."""

    sandbox_authority_trust: Directory | None = None
    """The certificate (PEM) that the sandbox authority's answers must chain to."""

    si_furs_url: str | None = None
    """Where live Slovenian entities tell FURS of their invoices, without a path:
    `https://blagajne.fu.gov.si:9003`. Unset: what they issue waits."""

    si_furs_trust: Directory | None = None
    """The certificates (PEM) of FURS's server and of what signs its answers."""

    si_furs_test_url: str | None = None
    """The same for sandbox entities: `https://blagajne-test.fu.gov.si:9002` is FURS's own test
    system; unset: a local one is started with the gateway."""

    si_furs_test_trust: Directory | None = None
    """The certificates (PEM) of that one."""

    si_ujp_url: str | None = None
    """The directory that the operator's program for UJP reads, `file:///srv/ujp`, for live
    entities. Unset: what they send waits."""

    si_ujp_test_url: str | None = None
    """The same for sandbox entities; their invoices must never reach UJP itself."""

    hr_cis_url: str | None = None
    """Where live Croatian entities tell CIS of their cash invoices, with the path:
    `https://cis.porezna-uprava.hr:8449/FiskalizacijaService`. Unset: what they issue waits."""

    hr_cis_trust: Directory | None = None
    """The certificates (PEM) of the CA of CIS's server and of what signs its answers."""

    hr_cis_test_url: str | None = None
    """The same for sandbox entities: `https://cistest.apis-it.hr:8449/FiskalizacijaServiceTest` is
    the authority's own test system; unset: a local one is started with the gateway."""

    hr_cis_test_trust: Directory | None = None
    """The certificates (PEM) of that one."""

    es_verifactu_url: str | None = None
    """Where live Spanish entities send their records, without a path:
    `https://www1.agenciatributaria.gob.es`, with a seal certificate
    `https://www10.agenciatributaria.gob.es`. Unset: what they issue waits."""

    es_verifactu_trust: Directory | None = None
    """The certificates (PEM) that the AEAT's server must chain to; unset: those of the machine."""

    es_verifactu_test_url: str | None = None
    """The same for sandbox entities: `https://prewww1.aeat.es`, with a seal certificate
    `https://prewww10.aeat.es`, is the AEAT's own test system; unset: a local one is started with
    the gateway."""

    es_verifactu_test_trust: Directory | None = None
    """The certificates (PEM) of that one."""

    pl_ksef_url: str | None = None
    """Where live Polish entities send their invoices: `https://api.ksef.mf.gov.pl/v2`. Unset: what
    they issue waits."""

    pl_ksef_trust: Directory | None = None
    """The certificate (PEM) of the seal on KSeF's UPO, without which nothing is cleared; TLS has
    those of the machine."""

    pl_ksef_batch_from: int = Field(default=20, ge=0, le=500)
    """So many invoices that wait in a lane, one of sixteen of an entity, are sent to KSeF as one
    batch; 0: each goes alone. KSeF takes 180 an hour one by one. At most 500 go together."""

    pl_ksef_pull_minutes: int = Field(default=15, ge=1, le=1440)
    """So often invoices of others are fetched from KSeF, for each entity that wants it; KSeF asks
    for 15 at least, and less than that is not done there."""

    pl_ksef_test_url: str | None = None
    """The same for sandbox entities: `https://api-test.ksef.mf.gov.pl/v2` is the ministry's own
    test environment; unset: a local KSeF is started with the gateway."""

    pl_ksef_test_trust: Directory | None = None
    """The certificate (PEM) of the seal of that one."""

    pl_ksef_permission_seconds: float = Field(default=900, ge=0, le=86_400)
    """For how long preflights rely on what KSeF said of the permissions of who sends; it counts
    such questions: 120 an hour for each NIP."""

    es_face_url: str | None = None
    """The directory that the operator's program for FACe reads, `file:///srv/face`, for live
    entities. Unset: what they send waits."""

    es_face_test_url: str | None = None
    """The same for sandbox entities; their invoices must never reach FACe itself."""

    sandbox_trust_url: str | None = None
    """Where the sandbox's trust service listens: certificates, revocations, time stamps; unset:
    started with the gateway."""
