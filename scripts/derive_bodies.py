#!/usr/bin/env python3
"""Derives the table of international bodies.

    python3 scripts/derive_bodies.py BODIES OUT

BODIES  `supraverden_bodies.tsv`, made from github.com/confirmordeny/supraverden
        (commit 59ab4fa, CC BY-SA 4.0): names, other names, abbreviations and
        Wikidata ids of international bodies
OUT     the folder to write `bodies.tsv` to

The licence is share-alike, so the table stays a file of its own.
"""

import csv
import io
import os
import re
import sys

from derive_common import read, unique, write

SHA256 = "968b251cd33081cd36e7b5fb524beff204d7f0ca2e3eb3236020738a53809e39"


def main():
    path, out = sys.argv[1:3]
    rows = []
    for body in csv.DictReader(io.StringIO(read(path, SHA256).decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        names = []
        for name in [body["name"], *body["other_names"].split("|")]:
            name = re.sub(r"\s*\([^)]*\)", "", name.replace("’", "'")).strip()
            # A name of one common word ("Parliament") would be found everywhere.
            if " " in name or (len(name) > 5 and name.lower() != name):
                names.append(name)
                names.append(name.replace("United Nations ", "UN ") if name.startswith("United Nations ") else "")
                names.append(re.sub(r"^UN ", "United Nations ", name) if name.startswith("UN ") else "")
        short = [a.strip() for a in body["abbreviations"].split("|") if re.fullmatch(r"[A-Z][A-Za-z0-9/&-]{1,11}", a.strip())]
        if names or short:
            rows.append((body["qid"], "|".join(unique(names)), "|".join(unique(short))))
    rows.sort(key=lambda row: (row[1], row[0]))
    write(os.path.join(out, "bodies.tsv"), [
        "Derived by scripts/derive_bodies.py from github.com/confirmordeny/supraverden, CC BY-SA 4.0; see SOURCES.md.",
        "Wikidata id, names, abbreviations",
    ], rows)


if __name__ == "__main__":
    main()
