"""Hostile application forms: none stops anything, and what is wrong is named."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from tests.hostile.attack import GOOD_FORM, Attack

LAUGHS = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (98 + n, 98 + n, 97 + n, 97 + n) for n in range(24))
STORE = "store: {category: apparel, type: other, name: %s}\n"

WRONG: Mapping[str, bytes] = {
    "of laughing aliases": LAUGHS,
    "that holds itself": b"a: &a [*a]\n",
    "of merged keys": b"a: &a {b: c}\nstore: {<<: *a}\n",
    "that makes a Python object": b"store: !!python/object/apply:os.system [reboot]\n",
    "of a private tag": b"store: !secret x\n",
    "with a key twice": b"store: {category: apparel}\nstore: {category: toys}\n",
    "of two documents": GOOD_FORM.encode() + b"---\nstore: {}\n",
    "of 300,000 documents": b"---\n" * 300_000,
    "of 200,000 ends": b"...\n" * 200_000,
    "of 100,000 brackets": b"[" * 100_000,
    "of 100,000 braces": b"{" * 100_000,
    "of 100,000 dashes": b"- " * 100_000,
    "of 100,000 question marks": b"? " * 100_000,
    "of 100,000 colons": b"a: " * 100_000,
    "of 500,000 keys": b"".join(b"k%d: 1\n" % n for n in range(90_000)),
    "of an open quote": b"store: '" + b"x" * 900_000,
    "of an open double quote": b'store: "' + b"\\x41" * 200_000,
    "of a block without end": b"store: |\n" + b" x\n" * 300_000,
    "of a megabyte and more": b"#" * 1_000_001,
    "of directives": b"%YAML 9.9\n" * 50_000,
    "of tabs": b"\tstore:\n\t\tcategory: x\n",
    "of UTF-32": "store: {}".encode("utf-32"),
    "of broken UTF-16": b"\xff\xfe\x00\xd8\x00\xd8x",
    "of noise": bytes(range(256)) * 99,
    "of zeros": bytes(10_000),
    "that is a PDF": b"%PDF-1.7\n" + b"\xff\xfe" * 99,
    "of a list": b"- a\n- b\n",
    "of a word": b"apparel",
    "of nothing": b"",
    "of comments": b"# nothing\n" * 9_000,
    "whose store is a list": b"store: [a, b]\n",
    "whose store is a number": b"store: 1\n",
    "whose brands are a word": GOOD_FORM.replace("[{name: TESTRIVER, relation: owner}]", "TESTRIVER").encode(),
    "whose brands are 2,000": (STORE % "a" + "brands: [" + "{name: x}, " * 2_000 + "]\n").encode(),
    "of a class of a thousand digits": (STORE % "a" + f"brands: [{{name: x, nice_classes: [{'9' * 1_000}]}}]\n").encode(),
    "of classes that are none": (STORE % "a" + "brands: [{name: x, nice_classes: [0, -1, 46, 1e309, .nan, .inf]}]\n").encode(),
    "of a name of 100,000 letters": (STORE % ("x" * 100_000)).encode(),
    "of keys nobody knows": b"store: {category: apparel, type: other}\n__class__: x\n'<script>': y\n",
    "of a key of 100,000 letters": b"store: {category: apparel, type: other}\n? " + b"k" * 100_000 + b"\n: y\n",
}  # fmt: skip
RIGHT: Mapping[str, bytes] = {
    "with lone surrogates": (STORE % '"a\\ud800b"').encode(),
    "of markup": (STORE % "'<script>alert(1)</script>'").encode(),
    "of a formula": (STORE % "'=cmd|A0'").encode(),
    "of escapes": (STORE % '"\\x1b[31m\\a\\0"').encode(),
    "from right to left": (STORE % "'\u202egnp'").encode(),
    "of a template": (STORE % "'{{ 7 * 7 }}'").encode(),
    "in GB 18030": (STORE % "'\u661f\u6cb3'").encode("gb18030"),
    "in UTF-16": (STORE % "a").encode("utf-16"),
    "with a mark of UTF-8": b"\xef\xbb\xbf" + (STORE % "a").encode(),
    "of a number of a thousand digits": (STORE % ("9" * 400)).encode(),
}
JSON: Mapping[str, bytes] = {
    "of 100,000 brackets": b"[" * 100_000,
    "of 200,000 braces": b'{"a":' * 200_000,
    "with a key twice": b'{"store": {}, "store": {}}',
    "of numbers that are none": b'{"store": NaN, "brands": Infinity}',
    "of a number of 100,000 digits": b'{"store": ' + b"9" * 100_000 + b"}",
    "cut off": b'{"store": {"category": "appa',
    "of lone surrogates": b'{"store": {"category": "\\ud800", "type": "other"}}',
    "of nothing": b"",
    "of null": b"null",
    "of 5,000,000 spaces": b" " * 900_000,
    "with more behind it": b'{"store": {"category": "apparel", "type": "other"}} x',
}


def _plant(name: str, content: bytes, path: Path) -> None:
    path.mkdir()
    (path / name).write_bytes(content)


def attacks() -> Iterator[Attack]:
    """Yield every hostile form."""
    for name, content in WRONG.items():
        yield Attack(f"form {name}", partial(_plant, "application.yaml", content), form_is_wrong=True)
    for name, content in RIGHT.items():
        yield Attack(f"form {name}", partial(_plant, "application.yml", content))
    for name, content in JSON.items():
        yield Attack(f"JSON form {name}", partial(_plant, "application.json", content), form_is_wrong=True)
