"""What the scripts that derive tables share: reading a named file and checking it."""

import gzip
import hashlib
import sys
import unicodedata


def raw(path, sha256):
    """The bytes of a file, after a check that it is the one the script was written for."""
    with open(path, "rb") as file:
        data = file.read()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        sys.exit(f"{path}: SHA-256 is {found}, but the script was written for {sha256}")
    return data


def read(path, sha256):
    """The same, unpacked if the name ends in `.gz`."""
    data = raw(path, sha256)
    return gzip.decompress(data) if path.endswith(".gz") else data


def fold(text):
    """The text without accents."""
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("đ", "d"))
    return "".join(c for c in text if not unicodedata.combining(c))


def unique(items):
    """The items without empty ones and repetitions, in their order."""
    return list(dict.fromkeys(item for item in items if item))


def write(path, header, rows):
    """Writes a tab-separated table with a comment of origin above it."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for line in header:
            file.write(f"# {line}\n")
        for row in rows:
            assert all("\t" not in field and "\n" not in field for field in row), row
            file.write("\t".join(row) + "\n")
    print(f"{path}: {len(rows)} rows")
