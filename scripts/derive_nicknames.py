#!/usr/bin/env python3
"""Derives src/lang/en/names/nicknames.csv from the table of carltonnorthern/nicknames.

Usage: derive_nicknames.py NICKNAMES.CSV > src/lang/en/names/nicknames.csv

The source (Apache-2.0, commit 21d7505, columns name1,relationship,name2) is
checked against its SHA-256. Rows are folded to lower case, sorted, freed of
doubles, and grouped: one line a nickname, with all the names it stands for.
"""

import collections
import csv
import hashlib
import sys

SHA256 = "f370c99f12a564f4f074192ba690f242b7857d53a4ea60257366e365cc63a276"


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
    names = collections.defaultdict(set)
    for row in csv.DictReader(data.decode("utf-8").splitlines()):
        name, nickname = row["name1"].strip().lower(), row["name2"].strip().lower()
        if row["relationship"] == "has_nickname" and name and nickname and name != nickname:
            names[nickname].add(name)
    print("nickname,names")
    for nickname in sorted(names):
        print(f"{nickname},{'|'.join(sorted(names[nickname]))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
