"""Making hybrid invoices: what PDF/A-3 and Factur-X demand of the file, read from its bytes."""

import datetime
import hashlib
import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from formats.facturx.container import UnreadableHybridError
from formats.facturx.hybrid import UnfitPdfError, embed, extract
from formats.facturx.levels import HybridLevel
from formats.facturx.xmp import EXTENSION, FACTURX, PDFAID, PROPERTY, RDF, SCHEMA
from formats.pdf import RenderOptions, Template, render
from formats.xml import parse
from tests.formats.facturx.documents import NOON, bare, pages, saved, xml_of
from tests.formats.pdf.documents import fonts_of
from tests.formats.pdf.invoices import LOGO, RICH, TYPICAL

LEVELS = pytest.mark.parametrize("level", HybridLevel)


def hybrid(level: HybridLevel = HybridLevel.EN16931) -> bytes:
    return embed(pages(), xml_of(level), level, modified=NOON)


def packet_of(content: bytes) -> etree._Element:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return parse(pdf.Root.Metadata.read_bytes())


def values(root: etree._Element, namespace: str, name: str) -> list[str]:
    return ["".join(item.itertext()) for item in root.iter(f"{{{namespace}}}{name}")]


@LEVELS
def test_the_xml_comes_out_as_it_went_in(level: HybridLevel) -> None:
    attachment = extract(hybrid(level))
    assert attachment.xml == xml_of(level)
    assert attachment.filename == level.filename
    assert attachment.relationship == level.relationship
    assert attachment.level is level
    assert attachment.conformance_level == level.value
    assert attachment.pdfa == "3B"
    assert attachment.discrepancies == ()
    assert attachment.other_files == ()


def test_the_same_input_gives_the_same_bytes() -> None:
    assert hybrid() == hybrid()
    later = embed(
        pages(), xml_of(), HybridLevel.EN16931, modified=NOON + datetime.timedelta(seconds=1)
    )
    assert later != hybrid()


@LEVELS
def test_there_is_one_packet_with_one_claim_each(level: HybridLevel) -> None:
    content = hybrid(level)
    assert content.count(b"<?xpacket begin=") == 1  # in the clear, as archives look for it
    assert content.count(b"<?xpacket end=") == 1
    root = packet_of(content)
    assert values(root, PDFAID, "part") == ["3"]
    assert values(root, PDFAID, "conformance") == ["B"]
    assert values(root, FACTURX, "DocumentType") == ["INVOICE"]
    assert values(root, FACTURX, "DocumentFileName") == [level.filename]
    assert values(root, FACTURX, "Version") == ["3.0" if level.name == "XRECHNUNG" else "1.0"]
    assert values(root, FACTURX, "ConformanceLevel") == [level.value]


def test_the_extension_schema_describes_every_property() -> None:
    root = packet_of(hybrid())
    (schemas,) = root.iter(f"{{{EXTENSION}}}schemas")
    (bag,) = schemas
    assert bag.tag == f"{{{RDF}}}Bag"
    described = {}
    for item in bag:
        assert item.get(f"{{{RDF}}}parseType") == "Resource"
        (uri,) = values(item, SCHEMA, "namespaceURI")
        described[uri] = item
    ours = described[FACTURX]
    assert values(ours, SCHEMA, "prefix") == ["fx"]
    assert len(values(ours, SCHEMA, "schema")) == 1
    assert sorted(values(ours, PROPERTY, "name")) == [
        *("ConformanceLevel", "DocumentFileName", "DocumentType", "Version"),
    ]
    assert values(ours, PROPERTY, "valueType") == ["Text"] * 4
    assert values(ours, PROPERTY, "category") == ["external"] * 4
    assert all(values(ours, PROPERTY, "description"))
    # What the typesetter uses beyond PDF/A's own schemas stays described.
    assert "http://ns.adobe.com/xap/1.0/mm/" in described


@LEVELS
def test_the_file_is_attached_as_the_standard_lays_down(level: HybridLevel) -> None:
    xml = xml_of(level)
    with pikepdf.open(io.BytesIO(hybrid(level))) as pdf:
        (associated,) = pdf.Root.AF
        name, listed = pdf.Root.Names.EmbeddedFiles.Names
        assert associated.objgen == listed.objgen
        assert str(name) == str(associated.F) == str(associated.UF) == level.filename
        assert str(associated.Type) == "/Filespec"
        assert str(associated.AFRelationship) == f"/{level.relationship}"
        stream = associated.EF.F
        assert stream.objgen == associated.EF.UF.objgen
        assert stream.read_bytes() == xml
        assert str(stream.Type) == "/EmbeddedFile"
        assert str(stream.Subtype) == "/text/xml"
        assert int(stream.Params.Size) == len(xml)
        assert str(stream.Params.ModDate) == "D:20261121120000Z"
        assert bytes(stream.Params.CheckSum) == hashlib.md5(xml).digest()  # noqa: S324 - PDF's


@pytest.mark.parametrize("template", Template)
def test_what_makes_it_archivable_is_still_there(template: Template) -> None:
    pdf = render(RICH, RenderOptions(template=template, logo=LOGO))
    content = embed(pdf, xml_of(), HybridLevel.EN16931, modified=NOON)
    assert all(fonts_of(content).values())
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.is_encrypted
        assert document.pdf_version == "1.7"
        (intent,) = document.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()
        assert (str(intent.S), profile[36:40], profile[16:20]) == ("/GTS_PDFA1", b"acsp", b"RGB ")
        assert len(document.trailer.ID) == 2
        assert str(document.docinfo["/ModDate"]) == "D:20261121120000Z"
        assert "/OpenAction" not in document.Root


def test_metadata_and_document_information_name_the_same_moment() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    moment = datetime.datetime(2026, 7, 1, 9, 30, tzinfo=zone)
    content = embed(pages(), xml_of(), HybridLevel.EN16931, modified=moment)
    (written,) = values(packet_of(content), "http://ns.adobe.com/xap/1.0/", "ModifyDate")
    assert datetime.datetime.fromisoformat(written) == moment
    assert b"D:20260701073000Z" in content
    with pytest.raises(ValueError, match="time zone"):
        embed(pages(), xml_of(), HybridLevel.EN16931, modified=moment.replace(tzinfo=None))


def test_a_level_that_the_xml_denies_is_refused() -> None:
    with pytest.raises(ValueError, match="claims the level BASIC, not EXTENDED"):
        embed(pages(), xml_of(HybridLevel.BASIC), HybridLevel.EXTENDED, modified=NOON)


def test_a_pdf_that_is_not_archivable_is_refused() -> None:
    with bare() as pdf:
        pdf.pages[0].Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=pdf.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Font,
                        Subtype=pikepdf.Name.Type1,
                        BaseFont=pikepdf.Name.Helvetica,
                    )
                )
            )
        )
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        content = saved(pdf)
    with pytest.raises(UnfitPdfError) as caught:
        embed(content, xml_of(), HybridLevel.EN16931, modified=NOON)
    said = " ".join(caught.value.reasons)
    for reason in ("PDF/A", "output intent", "not embedded: Helvetica", "action"):
        assert reason in said


def test_a_pdf_that_carries_an_invoice_is_refused() -> None:
    with pytest.raises(UnfitPdfError, match="carries an invoice already"):
        embed(hybrid(), xml_of(), HybridLevel.EN16931, modified=NOON)


def test_an_encrypted_pdf_is_refused() -> None:
    with pikepdf.open(io.BytesIO(pages())) as pdf:
        output = io.BytesIO()
        pdf.save(output, encryption=pikepdf.Encryption(owner="x", user=""))
        content = output.getvalue()
    with pytest.raises(UnreadableHybridError) as caught:
        embed(content, xml_of(), HybridLevel.EN16931, modified=NOON)
    assert caught.value.code == "encrypted"


def test_other_attachments_stay() -> None:
    with pikepdf.open(io.BytesIO(pages())) as pdf:
        pdf.attachments["timesheet.csv"] = pikepdf.AttachedFileSpec(
            pdf,
            b"1;2\n",
            filename="timesheet.csv",
            description="",
            mime_type="text/csv",
            creation_date="",
            mod_date="",
        )
        output = io.BytesIO()
        pdf.save(output, static_id=True)
    content = embed(output.getvalue(), xml_of(), HybridLevel.EN16931, modified=NOON)
    assert extract(content).other_files == ("timesheet.csv",)


def test_official_pdfs_take_a_new_invoice_when_theirs_is_taken_out(official: Path) -> None:
    folder = official / "zugferd-corpus/ZUGFeRDv2/correct/FNFE-factur-x-examples"
    with pikepdf.open(folder / "Facture_FR_BASICWL.pdf") as pdf:
        del pdf.Root.Names
        del pdf.Root.AF
        output = io.BytesIO()
        pdf.save(output, static_id=True)
    content = embed(output.getvalue(), xml_of(), HybridLevel.EN16931, modified=NOON)
    attachment = extract(content)
    assert (attachment.level, attachment.discrepancies) == (HybridLevel.EN16931, ())
    assert values(packet_of(content), FACTURX, "ConformanceLevel") == ["EN 16931"]
    uris = values(packet_of(content), SCHEMA, "namespaceURI")
    assert uris.count(FACTURX) == 1


@pytest.mark.parametrize("template", Template)
def test_verapdf_accepts_it(template: Template, tmp_path: Path) -> None:
    program = shutil.which("verapdf")
    if program is None:
        pytest.skip("verapdf is not on PATH")
    options = RenderOptions(template=template, logo=LOGO)
    for name, invoice in (("typical", TYPICAL), ("rich", RICH)):
        path = tmp_path / f"{name}.pdf"
        pdf = render(invoice, options)
        path.write_bytes(embed(pdf, xml_of(), HybridLevel.EN16931, modified=NOON))
        for flavour in ("3b", "ua1"):
            done = subprocess.run(  # noqa: S603 - found on PATH, our own file
                [program, "--flavour", flavour, "--format", "text", str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            assert re.match(r"PASS\b", done.stdout), done.stdout + done.stderr
