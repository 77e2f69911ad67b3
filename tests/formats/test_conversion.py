from itertools import cycle
from pathlib import Path

import pytest

from formats.conversion import convert, read, source_profile
from formats.en16931.comparison import differences
from formats.registry import PROFILES
from formats.ubl import write
from formats.xml import UnreadableDocumentError
from tests.formats.ubl.examples import full_invoice
from tests.official_documents import billing_documents

CONTROL = {"/process_control/business_process_type", "/process_control/specification_identifier"}


@pytest.mark.parametrize("target", PROFILES)
def test_only_process_control_changes(target: str) -> None:
    profile = PROFILES[target]
    converted = read(convert(write(full_invoice()), profile))
    assert set(differences(full_invoice(), converted)) <= CONTROL
    assert source_profile(converted) is profile
    expected = profile.process_id or full_invoice().process_control.business_process_type
    assert converted.process_control.business_process_type == expected


@pytest.mark.official
def test_official_documents_convert_to_other_profiles(official: Path) -> None:
    for path, profile in zip(billing_documents(official), cycle(PROFILES.values()), strict=False):
        content = (official / path).read_bytes()
        converted = profile.read(convert(content, profile))
        assert set(differences(read(content), converted)) <= CONTROL, path


def test_a_document_is_told_by_its_root_whatever_its_profile() -> None:
    stranger = write(full_invoice()).replace(b"billing:3.0", b"billing:9.9")
    assert source_profile(read(stranger)) is None
    assert source_profile(read(convert(stranger, PROFILES["peppol-bis-3"])))


@pytest.mark.parametrize(
    "content", [b"<Invoice/>", b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd"/>']
)
def test_other_documents_are_refused(content: bytes) -> None:
    for reader in (read, PROFILES["peppol-bis-3"].read):
        with pytest.raises(UnreadableDocumentError) as error:
            reader(content)
        assert error.value.code == "unknown-root"
