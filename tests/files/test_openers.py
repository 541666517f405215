"""What a file is by its content, and for what it is refused or set aside."""

import io
import zipfile

import pikepdf
import pytest
from asn1crypto import cms

from starostwo.files import api as files
from starostwo.files.api import Problem
from starostwo.files.rules import kinds
from starostwo.files.testing import bomb, huge_image, image, locked_pdf, locked_zip, pdf, polyglot, zip_of

DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}
ASIC = {"mimetype": kinds.ASICE, "META-INF/signatures.xml": "<s/>", "pismo.txt": "treść"}
SIGNED = cms.ContentInfo(
    {
        "content_type": "signed_data",
        "content": {
            "version": "v1",
            "digest_algorithms": [],
            "encap_content_info": {"content_type": "data"},
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": cms.SignerIdentifier("subject_key_identifier", b"1234"),
                    "digest_algorithm": {"algorithm": "sha256"},
                    "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                    "signature": b"x",
                }
            ],
        },
    }
).dump()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("wniosek.pdf", pdf(), kinds.PDF),
        ("wniosek.xml", b"<?xml version='1.0' encoding='windows-1250'?><a>\xb9</a>", kinds.XML),
        ("wniosek.xml", "<a>ą</a>".encode("utf-16"), kinds.XML),
        ("podpis.xades", b"\xef\xbb\xbf<ds:Signature xmlns:ds='urn:x'/>", kinds.XML),
        ("skan.png", image("PNG"), kinds.PNG),
        ("skan.JPG", image("JPEG"), kinds.JPEG),
        ("skan.tiff", image("TIFF"), kinds.TIFF),
        ("zdjęcia.zip", zip_of({"a/": "", "a/ł.txt": "x"}), kinds.ZIP),
        ("pismo.docx", zip_of(DOCX), kinds.DOCX),
        ("arkusz.xlsx", zip_of({"[Content_Types].xml": "", "xl/workbook.xml": ""}), kinds.XLSX),
        ("pismo.odt", zip_of({"mimetype": kinds.ODT, "content.xml": "<a/>"}, stored_first=True), kinds.ODT),
        ("pismo.asice", zip_of(ASIC, stored_first=True), kinds.ASICE),
        ("pismo.p7s", SIGNED, kinds.P7S),
        ("pismo.txt", "Zażółć\tgęślą\r\n".encode(), kinds.TEXT),
        ("pismo.txt", "Zażółć".encode("cp1250"), kinds.TEXT),
        ("dane.csv", b"a;b\n1;2\n", kinds.TEXT),
        ("bez nazwy", pdf(), kinds.PDF),
    ],
)
def test_an_honest_file_is_known_by_its_content(name: str, content: bytes, media_type: str) -> None:
    assert files.inspect(content, name) == files.Inspection(media_type, ())


def entity(declaration: str) -> bytes:
    return f"<?xml version='1.0'?><!DOCTYPE a [{declaration}]><a>&x;</a>".encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def with_gap(content: bytes, where: bytes) -> bytes:
    """Bytes put between two parts of an archive, its offsets corrected as an attacker would."""
    cut = content.index(where)
    end = content.rindex(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little") + 8
    corrected = content[: end + 16] + start.to_bytes(4, "little") + content[end + 20 :]
    return corrected[:cut] + b"ukryte!!" + corrected[cut:]


def twice(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("aa.txt", "raz")
        archive.writestr("bb.txt", "dwa")
    return target.getvalue().replace(b"bb.txt", b"aa.txt")


def nested(depth: int) -> bytes:
    content = b"koniec"
    for number in range(depth):
        content = zip_of({f"{number}.zip": content})
    return content


@pytest.mark.parametrize(
    ("name", "content", "problem", "why"),
    [
        ("a.xml", b"<!DOCTYPE a><a/>", Problem.XML_DTD, "a document type alone"),
        ("a.xml", entity('<!ENTITY x "y">'), Problem.XML_DTD, "an inner entity"),
        ("a.xml", entity('<!ENTITY x SYSTEM "file:///etc/passwd">'), Problem.XML_DTD, "a file of ours"),
        ("a.xml", entity('<!ENTITY x SYSTEM "http://localhost/">'), Problem.XML_DTD, "an outside address"),
        ("a.xml", entity('<!ENTITY l0 "ha">' + LAUGHS), Problem.XML_DTD, "a billion laughs"),
        ("a.xml", entity('<!ENTITY x "y">').decode().encode("utf-16"), Problem.XML_DTD, "hidden in UTF-16"),
        ("a.txt", entity('<!ENTITY x "y">'), Problem.XML_DTD, "hidden behind another name"),
        ("a.xml", b"<a><b></a>", Problem.XML_BROKEN, "not well formed"),
        ("a.xml", b"<a xmlns:x='u'><y:b/></a>", Problem.XML_BROKEN, "an unknown namespace prefix"),
        ("a.xml", b"<a/><a/>", Problem.XML_BROKEN, "two roots"),
        ("a.xml", b"<a>\xff</a>", Problem.XML_BROKEN, "wrong encoding"),
        ("a.xml", b"<a>" * 100_000, Problem.XML_BROKEN, "too deep and cut off"),
        ("a.xml", b"<a>" + b"x" * (11 << 20) + b"</a>", Problem.TOO_LARGE, "a text over the parser's limit"),
        ("a.zip", bomb(), Problem.EXPLODES, "60 MB out of 60 kB"),
        ("a.docx", zip_of({**DOCX, "x.xml": bytes(40 << 20)}), Problem.EXPLODES, "a bomb in a document"),
        ("a.zip", zip_of({"a.zip": bomb(30)}), Problem.EXPLODES, "a bomb in an archive"),
        ("a.zip", nested(14), Problem.EXPLODES, "archives 14 deep"),
        ("a.png", huge_image(), Problem.EXPLODES, "an image of 400 million points"),
        ("a.pdf", polyglot(), Problem.TWO_KINDS, "an archive behind a PDF"),
        ("a.zip", polyglot(), Problem.TWO_KINDS, "the same, called an archive"),
        ("a.png", image() + zip_of({"a": "b"}), Problem.TWO_KINDS, "an archive behind an image"),
        ("a.txt", b"tekst " + zip_of({"a": "b"}), Problem.KIND, "an archive behind a text"),
        ("a.txt", b"tekst\n%PDF-1.7\n%%EOF\n", Problem.TWO_KINDS, "a PDF behind a text"),
        (
            "a.zip",
            with_gap(zip_of({"a": "b"}), b"PK\x01\x02"),
            Problem.TWO_KINDS,
            "bytes before the directory",
        ),
        ("a.zip", zip_of({"a": "b"}) + b"x", Problem.TWO_KINDS, "bytes behind the archive"),
        ("a.zip", twice("aa.txt"), Problem.UNSAFE_NAMES, "two members of one name"),
        ("a.zip", zip_of({"../a.txt": "x"}), Problem.UNSAFE_NAMES, "out of the folder"),
        ("a.zip", zip_of({"/etc/passwd": "x"}), Problem.UNSAFE_NAMES, "an absolute name"),
        ("a.zip", zip_of({"C:\\a.txt": "x"}), Problem.UNSAFE_NAMES, "a name of a drive"),
        ("a.zip", zip_of({"pismo\u202efdp.exe": "x"}), Problem.UNSAFE_NAMES, "a name read backwards"),
        ("a.pdf", b"%PDF-1.7\nurwany", Problem.DAMAGED, "cut off"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", Problem.DAMAGED, "without content"),
        ("a.png", image()[:40], Problem.DAMAGED, "a cut image"),
        ("a.zip", zip_of({"a": "b"})[:30], Problem.DAMAGED, "a cut archive"),
        ("a.p7s", SIGNED[:-5], Problem.DAMAGED, "a cut signature"),
        ("a.pdf", b"", Problem.EMPTY, "no bytes"),
        ("a.exe", b"MZ\x90\x00", Problem.KIND, "a program"),
        ("a.pdf", b"MZ\x90\x00", Problem.KIND, "a program called PDF"),
        ("a.pdf", b"<html><script>alert(1)</script>", Problem.KIND, "a page called PDF"),
        ("a.html", b"zwykly tekst", Problem.KIND, "a page by its name"),
        ("a.bat", b"del *.*", Problem.KIND, "a script by its name"),
        ("a.docm", zip_of(DOCX), Problem.KIND, "macros by its name"),
        ("a.docx", zip_of({**DOCX, "word/vbaProject.bin": "x"}), Problem.KIND, "macros inside"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", Problem.KIND, "an image with scripts"),
        ("a.txt", b"\x00\x01\x02", Problem.KIND, "no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_bad_file_is_refused(name: str, content: bytes, problem: Problem, why: str) -> None:
    assert problem in files.inspect(content, name).refusals, why


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", locked_pdf()), ("a.zip", locked_zip()), ("a.zip", zip_of({"b.zip": locked_zip()}))],
)
def test_an_encrypted_file_is_set_aside(name: str, content: bytes) -> None:
    inspection = files.inspect(content, name)

    assert (inspection.refusals, inspection.quarantine) == ((), (Problem.ENCRYPTED,))


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("a.pdf", pdf(OpenAction=SCRIPT), Problem.ACTIVE_CONTENT),
        ("a.pdf", pdf(AA=pikepdf.Dictionary(WC=SCRIPT)), Problem.ACTIVE_CONTENT),
        ("a.pdf", pdf(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary())), Problem.ACTIVE_CONTENT),
        ("skan.pdf", image("JPEG"), Problem.MISNAMED),
    ],
)
def test_a_doubtful_file_is_taken_in_with_a_note(name: str, content: bytes, note: Problem) -> None:
    inspection = files.inspect(content, name)

    assert (inspection.refusals, inspection.quarantine, inspection.notes) == ((), (), (note,))


def test_every_problem_says_what_it_is_in_a_polish_sentence() -> None:
    assert all(problem.text.endswith(".") and len(problem.text) > 20 for problem in Problem)
    assert {type(problem.consequence) for problem in Problem} == {files.Consequence}
