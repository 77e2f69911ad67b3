"""Looking into PDFs: their text, fonts, metadata and pixels."""

import io

import pikepdf
import pypdfium2
from PIL import Image


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, without any white space."""
    return "".join("".join(page.split()) for page in pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        reader = page.get_textpage()
        texts.append(reader.get_text_range())
        reader.close()
        page.close()
    document.close()
    return texts


def picture_of(pdf: bytes, page: int = 0, dpi: int = 60) -> Image.Image:
    """Return a page as a picture of sixteen greys."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    bitmap = sheet.render(scale=dpi / 72, grayscale=True)
    picture: Image.Image = bitmap.to_pil().convert("L")
    bitmap.close()
    sheet.close()
    document.close()
    return picture.point(lambda value: value // 16 * 17)


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Return every font of a PDF that has a program, and whether the program is inside.

    Simple fonts, and the descendants of composite ones.
    """
    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and str(item.get("/Type")) == "/Font":
                composite = str(item.get("/Subtype")) == "/Type0"
                for font in item.DescendantFonts if composite else [item]:
                    descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
                    programs = {"/FontFile", "/FontFile2", "/FontFile3"}
                    found[str(font.BaseFont)] = bool(programs & set(descriptor.keys()))
    return found
