"""PDFs signed by a person whom nobody knows, with a key made for the occasion."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509 import CertificateBuilder, ExtendedKeyUsage, Name, NameAttribute
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore


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


def signed(content: bytes, *, field: str = "Signature1", box: tuple[int, int, int, int] | None = None) -> bytes:
    """Return a PDF with a signature appended, which is shown in `box` (points, from the bottom left), if anywhere."""
    certificate, key = _identity()
    signer = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=key,
        cert_registry=SimpleCertificateStore.from_certs([certificate]),
    )
    spec = SigFieldSpec(field, on_page=0, box=box) if box else None
    # Not strict, since other programs sign what Office exports, which pyHanko would not.
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    out = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=field), signer=signer, new_field_spec=spec)
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
