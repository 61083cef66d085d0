"""PDFs signed by a person whom nobody knows, with a key made for the occasion."""

import asyncio
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, cast

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import CertificateBuilder, ExtendedKeyUsage, Name, NameAttribute
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image as Pillow
from PIL import ImageDraw
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.pipeline.drawn import appended, dictionary

Place = tuple[int, int, int, int]
"""Of a field on a page: points, from the bottom left."""


@cache
def _identity() -> tuple[Any, Any]:
    """Return an invented person's certificate and key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = Name([NameAttribute(NameOID.COMMON_NAME, "invented")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    unsigned = CertificateBuilder(name, name, key.public_key(), 7, now, now + timedelta(days=9))
    stamping = ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    built = unsigned.add_extension(stamping, critical=True).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate = x509.Certificate.load(built.public_bytes(serialization.Encoding.DER))
    return certificate, keys.PrivateKeyInfo.load(private)


def _signer() -> signers.SimpleSigner:
    certificate, key = _identity()
    return signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=key,
        cert_registry=SimpleCertificateStore.from_certs([certificate]),
    )


def signed(
    content: bytes, *, field: str = "Signature1", box: Place | None = None, seal: Pillow.Image | None = None
) -> bytes:
    """Return a PDF with a signature appended, shown in `box`, if anywhere: as a seal, or as pyHanko has it."""
    spec = SigFieldSpec(field, on_page=0, box=box) if box else None
    style = StaticStampStyle(background=PdfImage(seal), border_width=0) if seal else None
    # Not strict, since other programs sign what Office exports, which pyHanko would not.
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=field), signer=_signer(), stamp_style=style, new_field_spec=spec
    )
    return bytes(signer.sign_pdf(writer).getbuffer())


def seal(*, on: tuple[int, int, int, int] = (255, 255, 255, 0)) -> Pillow.Image:
    """Return a company's seal as it is printed: red, a ring around a star, on nothing unless told."""
    made = Pillow.new("RGBA", (400, 400), on)
    draw = ImageDraw.Draw(made)
    draw.ellipse((10, 10, 390, 390), outline=(220, 30, 30, 255), width=14)
    draw.regular_polygon((200, 200, 90), 5, fill=(220, 30, 30, 255))
    return made


def with_seals(content: bytes, places: Sequence[Place]) -> bytes:
    """Return a PDF with the empty field of one signature, which is shown on each page: its name and value are apart."""

    def add(writer: PdfWriter) -> None:
        whole = writer._add_object(dictionary(FT=NameObject("/Sig"), T=TextStringObject("Seal")))
        kids = []
        for page, place in zip(writer.pages, places, strict=True):
            kid = writer._add_object(_widget(writer, place, Parent=whole))
            page[NameObject("/Annots")] = writer._add_object(ArrayObject([kid]))
            kids.append(kid)
        cast("DictionaryObject", whole.get_object())[NameObject("/Kids")] = writer._add_object(ArrayObject(kids))
        form = dictionary(Fields=ArrayObject([whole]), SigFlags=NumberObject(3))
        writer.root_object[NameObject("/AcroForm")] = form

    return appended(content, add)


def _widget(writer: PdfWriter, place: Place, **more: Any) -> DictionaryObject:
    wide, high = place[2] - place[0], place[3] - place[1]
    ring = DecodedStreamObject()
    ring.set_data(f"q 0.9 0.1 0.1 RG 4 w 4 4 {wide - 8} {high - 8} re S Q".encode())
    ring.update(
        dictionary(Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=_numbers(0, 0, wide, high)),
    )
    shown = dictionary(N=writer._add_object(ring))
    return dictionary(Type=NameObject("/Annot"), Subtype=NameObject("/Widget"), Rect=_numbers(*place), AP=shown, **more)


def _numbers(*numbers: float) -> ArrayObject:
    return ArrayObject(map(FloatObject, numbers))


def sealed(content: bytes, *, field: str = "Seal") -> bytes:
    """Return a PDF signed in a field that is there, however many places show it; what they show stays as it is."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    steps = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=SignatureObject(bytes_reserved=16_384)))
    prepared, out = steps.send(SigIOSetup(md_algorithm="sha256"))
    steps.send(asyncio.run(_signer().async_sign(prepared.document_digest, "sha256")))
    return bytes(out.getbuffer())


def stamped(content: bytes) -> bytes:
    """Return a PDF with a document time stamp appended."""
    certificate, key = _identity()
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stamper = DummyTimeStamper(certificate, key, fixed_dt=datetime(2026, 1, 2, tzinfo=UTC))
    out = signers.PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256", validation_context=None)
    return bytes(out.getbuffer())


def forged(content: bytes, old: bytes, new: bytes) -> bytes:
    """Return a signed PDF changed under its signature, the new digest written among what was signed: no key needed."""
    changed = content.replace(old, new, 1)
    assert len(changed) == len(content) != len(content.replace(old, b""))
    before, after = (
        PdfFileReader(io.BytesIO(each)).embedded_signatures[0].compute_digest() for each in (content, changed)
    )
    return replaced(changed, before.hex(), after.hex())


def replaced(content: bytes, old: str, new: str) -> bytes:
    """Return a signed PDF with other bytes, in hexadecimal, at the last place where the signature has these."""
    at = content.lower().rindex(old.encode())
    return content[:at] + new.encode() + content[at + len(old) :]
