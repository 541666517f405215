"""The gate that a file passes before it may be signed: PDF/A-2a and PDF/UA-1 as far as pikepdf sees.

Law: rozp. MSWiA 30.10.2006 par. 6 pkt 8 (undistorted reading) is why only such files are signed.
"""

from collections.abc import Mapping
from io import BytesIO

import pikepdf

XMP_PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
XMP_PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


class NotArchivable(Exception):
    """The file would not stay readable for as long as the records must."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Plik nie spełnia wymagań PDF/A: " + "; ".join(problems))
        self.problems = problems


def check_archivable(pdf: bytes) -> None:
    """Refuse a file that is not PDF/A-2a with PDF/UA-1 tags, fonts embedded, Polish and titled."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            problems = [
                *_metadata_problems(document),
                *_catalog_problems(document),
                *_font_problems(document),
            ]
    except pikepdf.PdfError as error:
        raise NotArchivable(["pliku nie da się otworzyć"]) from error
    if problems:
        raise NotArchivable(problems)


def _metadata_problems(document: pikepdf.Pdf) -> list[str]:
    found = []
    with document.open_metadata() as xmp:
        if (xmp.get(XMP_PDFA + "part"), xmp.get(XMP_PDFA + "conformance")) != ("2", "A"):
            found.append("brak oznaczenia PDF/A-2a")
        if xmp.get(XMP_PDFUA + "part") != "1":
            found.append("brak oznaczenia PDF/UA-1")
        if not str(xmp.get("dc:title", "")).strip():
            found.append("brak tytułu")
    return found


def _catalog_problems(document: pikepdf.Pdf) -> list[str]:
    root = document.Root
    checks = [
        (document.is_encrypted, "plik jest zaszyfrowany"),
        ("/MarkInfo" not in root or not root.MarkInfo.get("/Marked"), "brak znaczników struktury"),
        (not str(root.get("/Lang", "")).startswith("pl"), "brak języka polskiego"),
        ("/StructTreeRoot" not in root, "brak drzewa struktury"),
        (not list(root.get("/OutputIntents", [])), "brak profilu barw"),
        ("/OpenAction" in root or "/JavaScript" in root.get("/Names", {}), "plik zawiera czynności"),
        ("/EmbeddedFiles" in root.get("/Names", {}), "plik zawiera inne pliki"),
    ]
    return [problem for is_wrong, problem in checks if is_wrong]


def _font_problems(document: pikepdf.Pdf) -> list[str]:
    missing = set()
    for page in document.pages:
        for font in page.resources.get("/Font", {}).values():
            for part in font.get("/DescendantFonts", [font]):
                descriptor: pikepdf.Object | Mapping[str, object] = part.get("/FontDescriptor", {})
                if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                    missing.add(str(part.get("/BaseFont", "?")))
    return [f"krój pisma {name} nie jest osadzony" for name in sorted(missing)]
