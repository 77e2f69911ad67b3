"""Reading hybrid invoices from outside: the official ones, and those that mean harm."""

import io
import tracemalloc
import zlib
from pathlib import Path

import pikepdf
import pytest

from formats.facturx.container import ContainerLimits, UnreadableHybridError
from formats.facturx.hybrid import embed, extract
from formats.facturx.levels import HybridLevel
from tests.formats.facturx.documents import (
    NOON,
    bare,
    pages,
    saved,
    specification,
    with_files,
    xml_of,
)
from tests.pace import takes_less_than

OFFICIAL = {
    "facturx/fixtures-pdf/invoice_EN16931.pdf": (HybridLevel.EN16931, "Source", "3B", 41914),
    "zugferd-corpus/ZUGFeRDv2/correct/FNFE-factur-x-examples/Facture_FR_BASICWL.pdf": (
        *(HybridLevel.BASIC_WL, "Data", "3B", 4967),
    ),
    "zugferd-corpus/ZUGFeRDv2/correct/Mustangproject/"
    "MustangGnuaccountingBeispielRE-20201121_508_withBOM.pdf": (
        *(HybridLevel.EN16931, "Alternative", "3U", 9500),
    ),
    "zugferd-corpus/ZUGFeRDv2/correct/symtrax/Beispiele/EN16931/"
    "zugferd_2p1_EN16931_1_Teilrechnung.pdf": (HybridLevel.EN16931, "Data", "3A", 19482),
    "zugferd-corpus/ZUGFeRDv2/correct/symtrax/Beispiele/EN16931/"
    "zugferd_2p1_EN16931_2_Teilrechnung.pdf": (HybridLevel.EN16931, "Data", "3A", 12123),
    "zugferd-corpus/ZUGFeRDv2/fail/FNFE-factur-x-examples/Avoir_FR_type380_MINIMUM.pdf": (
        *(HybridLevel.MINIMUM, "Data", "3B", 3113),
    ),
    "zugferd-corpus/ZUGFeRDv2/fail/FNFE-factur-x-examples/Avoir_FR_type381_MINIMUM.pdf": (
        *(HybridLevel.MINIMUM, "Data", "3B", 3109),
    ),
    "zugferd-corpus/ZUGFeRDv2/fail/python-factur-x/python-factur-x.pdf": (
        *(HybridLevel.BASIC, "Alternative", "3B", 8905),
    ),
}


def code_of(content: bytes, limits: ContainerLimits | None = None) -> str:
    with pytest.raises(UnreadableHybridError) as caught:
        extract(content, limits or ContainerLimits())
    return caught.value.code


@pytest.mark.official
def test_every_official_pdf_is_looked_at(official: Path) -> None:
    found = {str(path.relative_to(official)) for path in official.rglob("*.pdf")}
    assert found == set(OFFICIAL)


@pytest.mark.official
@pytest.mark.parametrize("name", OFFICIAL)
def test_the_invoice_of_an_official_pdf_is_found(official: Path, name: str) -> None:
    level, relationship, pdfa, size = OFFICIAL[name]
    attachment = extract((official / name).read_bytes())
    assert attachment.filename == "factur-x.xml"
    assert (attachment.level, attachment.relationship) == (level, relationship)
    assert (attachment.pdfa, len(attachment.xml)) == (pdfa, size)
    assert attachment.conformance_level == level.value
    assert attachment.discrepancies == ()


def test_the_delivery_note_beside_an_invoice_is_named(official: Path) -> None:
    content = (official / "facturx/fixtures-pdf/invoice_EN16931.pdf").read_bytes()
    assert extract(content).other_files == ("Bon_de_livraison.pdf",)


@pytest.mark.parametrize(
    "name", ["factur-x.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml"]
)
@pytest.mark.parametrize(("tree", "associated"), [(True, True), (True, False), (False, True)])
def test_the_invoice_is_found_by_all_its_names_and_ways(
    name: str, *, tree: bool, associated: bool
) -> None:
    content = with_files((name, xml_of()), ("note.txt", b"x"), tree=tree, associated=associated)
    attachment = extract(content)
    assert (attachment.filename, attachment.xml) == (name, xml_of())
    assert attachment.other_files == ("note.txt",)
    codes = {item.code for item in attachment.discrepancies}
    assert "no-metadata" in codes
    assert ("not-associated" in codes) == (not associated)


def test_two_levels_that_differ_are_told_and_read_all_the_same() -> None:
    strange = xml_of(guideline="urn:example:own")
    content = embed(pages(), strange, HybridLevel.EXTENDED, modified=NOON)
    attachment = extract(content)
    assert (attachment.level, attachment.guideline) == (None, "urn:example:own")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (file,) = pdf.Root.AF
        file.EF.F.write(xml_of(HybridLevel.BASIC))
        attachment = extract(saved(pdf))
    assert attachment.level is HybridLevel.BASIC
    assert attachment.conformance_level == "EXTENDED"
    assert [item.code for item in attachment.discrepancies] == ["level-differs"]


def test_a_wrong_relationship_and_name_are_told() -> None:
    content = embed(pages(), xml_of(HybridLevel.MINIMUM), HybridLevel.MINIMUM, modified=NOON)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (file,) = pdf.Root.AF
        file.AFRelationship = pikepdf.Name.Alternative
        file.UF = file.F = "zugferd-invoice.xml"
        attachment = extract(saved(pdf))
    codes = [item.code for item in attachment.discrepancies]
    assert codes == ["filename-differs", "relationship"]


def test_xml_that_is_no_xml_is_handed_out_with_a_word() -> None:
    attachment = extract(with_files(("factur-x.xml", b"not xml")))
    assert attachment.xml == b"not xml"
    assert "no-guideline" in {item.code for item in attachment.discrepancies}


def test_metadata_that_means_harm_is_told_and_not_read() -> None:
    with bare() as pdf:
        pdf.Root.AF = pikepdf.Array([specification(pdf, "factur-x.xml", xml_of())])
        pdf.Root.Metadata = pdf.make_indirect(
            pdf.make_stream(
                b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
                Type=pikepdf.Name.Metadata,
                Subtype=pikepdf.Name.XML,
            )
        )
        attachment = extract(saved(pdf))
    assert "metadata-unreadable" in {item.code for item in attachment.discrepancies}


def test_the_same_invoice_twice_is_one_and_two_are_refused() -> None:
    same = with_files(("factur-x.xml", xml_of()), ("xrechnung.xml", xml_of()))
    assert extract(same).xml == xml_of()
    other = xml_of(HybridLevel.BASIC)
    assert code_of(with_files(("factur-x.xml", xml_of()), ("xrechnung.xml", other))) == (
        "several-invoices"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-pdf"),
        (b"<xml/>", "not-a-pdf"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + b"\0" * 4096, "damaged"),
        (b"%PDF-1.7\ntrailer<</Root 1 0 R>>\n1 0 obj<</Type/Catalog>>endobj", "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_a_pdf_without_an_invoice_says_what_is_attached() -> None:
    assert code_of(pages()) == "no-invoice"
    with pytest.raises(UnreadableHybridError, match=r"attached are: order-x\.xml"):
        extract(with_files(("order-x.xml", b"<x/>")))


def test_encrypted_pdfs_are_refused() -> None:
    for user in ("", "secret"):
        output = io.BytesIO()
        with bare() as pdf:
            pdf.save(output, encryption=pikepdf.Encryption(owner="owner", user=user))
        assert code_of(output.getvalue()) == "encrypted"


def test_a_link_to_a_file_elsewhere_is_no_invoice() -> None:
    with bare() as pdf:
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec, F="factur-x.xml", FS=pikepdf.Name.URL
        )
        pdf.Root.AF = pikepdf.Array([link])
        assert code_of(saved(pdf)) == "no-invoice"


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb_is_not_inflated(times: int) -> None:
    packed = b"\0" * (64 * 1024 * 1024)
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    with bare() as pdf:
        item = specification(pdf, "factur-x.xml", b"")
        stream = item.EF.F
        filters = pikepdf.Array([pikepdf.Name.FlateDecode] * times)
        stream.write(packed, filter=filters)
        pdf.Root.AF = pikepdf.Array([item])
        content = saved(pdf, packed=False)
    assert len(content) < 1_000_000
    tracemalloc.start()
    assert code_of(content) == "attachment-too-large"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert takes_less_than(5, lambda: code_of(content))
    assert peak < 100 * 1024 * 1024


def test_a_limit_holds_at_its_edge() -> None:
    content = with_files(("factur-x.xml", b"<a/>" + b" " * 96))
    assert extract(content, ContainerLimits(attachment=100)).xml.startswith(b"<a/>")
    assert code_of(content, ContainerLimits(attachment=99)) == "attachment-too-large"
    assert extract(content, ContainerLimits(pdf=len(content))) is not None
    assert code_of(content, ContainerLimits(pdf=len(content) - 1)) == "too-large"
    many = with_files(*((f"{number}.txt", b"") for number in range(10)), associated=False)
    assert code_of(many, ContainerLimits(files=10)) == "no-invoice"
    assert code_of(many, ContainerLimits(files=9)) == "too-large"


def test_an_object_stream_that_is_a_bomb_is_refused() -> None:
    """The structure itself inflates while the file is opened; qpdf's own limit stops it."""
    bomb = zlib.compress(b" " * (200 * 1024 * 1024), 9)
    body = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 5 0 R/AF 6 0 R>>endobj\n"
        b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
        + str(len(bomb)).encode()
        + b">>stream\n"
        + bomb
        + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 10>>\n"
    )
    assert code_of(body) in {"damaged", "no-invoice"}
    assert takes_less_than(10, lambda: code_of(body))


def test_an_unknown_filter_is_refused() -> None:
    with bare() as pdf:
        item = specification(pdf, "factur-x.xml", b"")
        item.EF.F.write(b"\x80\x0b", filter=pikepdf.Name.LZWDecode)
        pdf.Root.AF = pikepdf.Array([item])
        content = saved(pdf, packed=False)
    assert code_of(content) == "unknown-filter"


def test_a_name_tree_that_bites_its_tail_ends() -> None:
    with bare() as pdf:
        first = pdf.make_indirect(pikepdf.Dictionary())
        second = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([first])))
        first.Kids = pikepdf.Array([second, first])
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=first)
        assert code_of(saved(pdf)) == "no-invoice"


def test_a_name_tree_that_goes_too_deep_is_refused() -> None:
    with bare() as pdf:
        node = pdf.make_indirect(pikepdf.Dictionary())
        for _ in range(20):
            node = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([node])))
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=node)
        assert code_of(saved(pdf)) == "too-large"


@pytest.mark.parametrize("part", ["AF", "Names"])
@pytest.mark.parametrize(
    "value", [1, "x", pikepdf.Name.X, [], {}, [1, None], {"/EmbeddedFiles": 1}]
)
def test_entries_of_the_wrong_type_are_passed_over(part: str, value: object) -> None:
    with bare() as pdf:
        pdf.Root[f"/{part}"] = pikepdf.Object.parse(b"null") if value is None else value
        assert code_of(saved(pdf)) == "no-invoice"


def test_names_that_are_no_text_are_damage() -> None:
    content = with_files(("factur-x.xml", xml_of()))
    assert content.count(b"/AFRelationship /Alternative") == 1
    harmed = content.replace(b"/AFRelationship /Alternative", b"/AFRelationship /Altern\xbdtive")
    assert code_of(harmed) == "damaged"


def test_truncated_files_are_refused() -> None:
    content = with_files(("factur-x.xml", xml_of())).rstrip()
    for length in range(0, len(content), 37):
        assert code_of(content[:length]) in {"not-a-pdf", "damaged"}
    assert code_of(content[:-1]) == "damaged"
    assert extract(content).xml == xml_of()


def test_white_space_after_the_end_is_no_damage() -> None:
    content = with_files(("factur-x.xml", xml_of()))
    assert extract(content + b"\r\n\0 ").xml == xml_of()


def test_a_cut_update_does_not_bring_the_older_revision_back() -> None:
    content = with_files(("factur-x.xml", xml_of())).rstrip()
    assert code_of(content + b"\n7 0 obj\n<</Type") == "damaged"


def test_a_table_of_objects_that_leads_astray_is_damage() -> None:
    with bare() as pdf:
        pdf.Root.AF = pikepdf.Array([specification(pdf, "factur-x.xml", xml_of())])
        content = saved(pdf, packed=False)
    assert extract(content).xml == xml_of()
    place = content.rindex(b"startxref")
    number = content[place:].split()[1]
    for other in (b"1" * len(number), b"0" * len(number)):
        astray = content[:place] + content[place:].replace(number, other)
        assert code_of(astray) == "damaged"
    gone = content.replace(b"/Type /Filespec", b"/Type /Filespec (", 1)
    assert gone != content
    assert code_of(gone) == "damaged"


@pytest.mark.official
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_part_of_an_official_pdf_is_damage(official: Path, share: float) -> None:
    content = (official / "facturx/fixtures-pdf/invoice_EN16931.pdf").read_bytes()
    assert code_of(content[: int(len(content) * share)]) == "damaged"


def test_flipped_bytes_never_crash() -> None:
    content = with_files(("factur-x.xml", xml_of()))
    for place in range(9, len(content), 11):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        try:
            extract(bytes(damaged))
        except UnreadableHybridError:
            continue
