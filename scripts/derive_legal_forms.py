#!/usr/bin/env python3
"""Derives src/lang/en/names/legal_forms.csv from the organisation types of rigour.

Usage: derive_legal_forms.py ORG_TYPES.JSON > src/lang/en/names/legal_forms.csv

The source (MIT, rigour 2.6.1, a list of objects with aliases, compare, display
and generic) is checked against its SHA-256. One line a written form, in lower
case, with the form it is compared as and the kind of company it means. Forms
that misspell another one stay out where they are ordinary words.
"""

import hashlib
import json
import re
import sys

SHA256 = "f122cbc0a031aecf40ee5852105af52512e07959e9fcf71d6622eb7e0d010d8c"


def fold(text: str) -> str:
    text = re.sub(r"[.'’\"“”«»]", "", text.lower())
    return " ".join(re.sub(r"[^\w&/]+", " ", text).replace("/", "").split())


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        print(f"error: {sys.argv[1]} has SHA-256 {found}, expected {SHA256}", file=sys.stderr)
        return 1
    forms = {}
    for item in json.loads(data):
        canonical = item.get("compare") or item.get("display") or item.get("generic")
        if not canonical:
            continue
        kind = item.get("generic", "")
        for alias in [*item.get("aliases", []), item.get("display", ""), canonical]:
            form = fold(alias)
            if len(form) >= 2 and "," not in form:
                forms.setdefault(form, (fold(canonical), kind.lower()))
    print("form,canonical,kind")
    for form in sorted(forms):
        canonical, kind = forms[form]
        print(f"{form},{canonical},{kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
