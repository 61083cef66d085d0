"""How files came about: PDFs saved again, signed and changed; pictures with a program's name."""

import io
import sys
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from pipeline.editing import changed_after_signing, count_revisions, examine
from pipeline.ingest import to_source
from pipeline.traces import Editing
from tests.pipeline.drawn import pdf, words, written


def saved_again(content: bytes, *, times: int = 1) -> bytes:
    for number in range(times):
        writer = PdfWriter(io.BytesIO(content), incremental=True)
        writer.add_metadata({"/Keywords": f"version {number}"})
        content = written(writer)
    return content


def named(**told: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(words)))
    writer.add_metadata({f"/{key}": value for key, value in told.items()})
    return written(writer)


@pytest.mark.parametrize("times", [0, 1, 3])
def test_each_incremental_update_is_a_revision(times: int) -> None:
    assert count_revisions(saved_again(pdf(words), times=times)) == 1 + times


def test_bytes_in_front_of_the_file_shift_nothing() -> None:
    assert count_revisions(b"From: a mailer\n" + saved_again(pdf(words), times=2)) == 3


def test_a_linearised_file_has_two_sections_from_its_first_save() -> None:
    main = b"%PDF-1.5\n1 0 obj\n<</Linearized 1>>\nendobj\n"
    second = b"xref\n0 1\ntrailer\n<</Size 2>>\nstartxref\n0\n%%EOF\n"
    first = f"xref\n0 1\ntrailer\n<</Size 2 /Prev {len(main)}>>\nstartxref\n{len(main) + len(second)}\n%%EOF\n"
    assert count_revisions(main + second + first.encode()) == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.7\nnothing", id="header alone"),
        pytest.param(b"%PDF-1.7\nxref\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF", id="a section before itself"),
        pytest.param(b"%PDF-1.7\nstartxref\n999999999999\n%%EOF", id="beyond the end"),
        pytest.param(pdf(words)[:500], id="cut off"),
        pytest.param(b"%PDF-1.7\n/ByteRange\n%%EOF", id="signed nothing"),
    ],
)
def test_a_damaged_pdf_tells_little_and_raises_nothing(content: bytes) -> None:
    source = to_source("a.pdf", pdf(words)).model_copy(update={"content": content})
    assert examine(source, is_scan=False) == Editing()


def test_the_program_is_named_once_with_the_one_it_was_made_in() -> None:
    content = named(Creator="Adobe Photoshop 25.0", Producer="Adobe Photoshop for Windows")
    told = examine(to_source("a.pdf", content), is_scan=True)
    assert told == Editing(producer="Adobe Photoshop 25.0; Adobe Photoshop for Windows", is_scan=True)
    assert examine(to_source("a.pdf", named(Creator="Scan", Producer="Scan")), is_scan=False).producer == "Scan"


def picture(kind: str, *, software: str = "", xmp: bytes = b"") -> bytes:
    written_to = io.BytesIO()
    options: dict[str, Any] = {}
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Software", software)
        options["pnginfo"] = info
    else:
        exif = Pillow.Exif()
        if software:
            exif[0x0131] = software
        options = {"exif": exif, "xmp": xmp} if xmp else {"exif": exif}
    Pillow.new("RGB", (40, 40)).save(written_to, kind, **options)
    return written_to.getvalue()


@pytest.mark.parametrize(
    ("content", "producer"),
    [
        pytest.param(picture("JPEG", software="GIMP 2.10"), "GIMP 2.10", id="EXIF"),
        pytest.param(picture("PNG", software="Adobe ImageReady"), "Adobe ImageReady", id="PNG"),
        pytest.param(
            picture("JPEG", xmp=b'<x xmp:CreatorTool="Adobe Photoshop 25.0"/>'), "Adobe Photoshop 25.0", id="XMP"
        ),
        pytest.param(picture("JPEG"), "", id="nothing told"),
        pytest.param(picture("JPEG", software="GIMP 2.10")[:60], "", id="cut off"),
    ],
)
def test_a_picture_may_name_the_program_that_wrote_it(content: bytes, producer: str) -> None:
    source = to_source("a.jpg", picture("JPEG")).model_copy(update={"content": content})
    assert examine(source, is_scan=False) == Editing(producer=producer)


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A PDF signed by a person whom nobody knows."""
    from datetime import UTC, datetime, timedelta

    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509 import CertificateBuilder, Name, NameAttribute
    from cryptography.x509.oid import NameOID
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = Name([NameAttribute(NameOID.COMMON_NAME, "invented")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    built = CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=9)).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = x509.Certificate.load(built.public_bytes(serialization.Encoding.DER))
    signer = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs([certificate]),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf(words)))
    out = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Signature1"), signer=signer)
    return bytes(out.getbuffer())


def test_a_signed_file_that_nobody_touched_is_unchanged(signed: bytes) -> None:
    assert changed_after_signing(signed) is False


def test_a_page_changed_after_signing_is_told(signed: bytes) -> None:
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.pages[0].merge_page(PdfReader(io.BytesIO(pdf(words))).pages[0])
    assert changed_after_signing(written(writer)) is True


def test_a_byte_changed_under_the_signature_is_told(signed: bytes) -> None:
    assert changed_after_signing(signed.replace(b"595", b"596", 1)) is True


def test_nothing_is_told_without_a_signature_or_without_pyhanko(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed_after_signing(pdf(words)) is None
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    assert changed_after_signing(signed) is None
