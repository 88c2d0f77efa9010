#!/usr/bin/env python3
"""Derives the tables of countries, regions and cities that the English tables hold.

    python3 scripts/derive_places.py TERRITORIES CLDR ISO FACTBOOK GEONAMES OUT

TERRITORIES  territories of `rigour` 2.6.1 (MIT), one JSON object a line
CLDR         English territory names of CLDR 48.2 (Unicode-3.0), JSON
ISO          English country names of i18n-iso-countries 7.14.0 (MIT), JSON
FACTBOOK     the last CIA World Factbook (public domain), JSON
GEONAMES     cities over 15,000 people of GeoNames (CC BY 4.0), gzipped TSV
OUT          the folder to write `countries.tsv`, `regions.tsv`, `cities.tsv` to

What news writes beside these ("U.S.", "Britain", "Dutchman", "West Bank") is
kept by hand in `places.tsv` of the same folder.
"""

import csv
import io
import json
import os
import re
import sys

from derive_common import fold, read, unique, write

SHA256 = {
    "territories": "b71c430538bf4b6a5e4275145f8fd8ce9be6d799828f9525dca003c1d0ba96c9",
    "cldr": "09a3eb4b7370f17bf0c2d34ed492c303d5f90877e07d5f97b6118a913082b2d5",
    "iso": "7445185d6424e574027a7cd14029e000784eaa03a2b83ab097742079f701e702",
    "factbook": "12fbe62e9d568a44adf70711a3af0c613970a95bfe5faba87dfbc751bc751df3",
    "geonames": "53bc29e737df3f1e7a3680fc9c161a053920ba764b916d837ec474fb707835da",
}
# Factbook entries without a code, or with text that is no name.
SKIP_NAMES = {"none", "", "The Dominican"}
# Codes that stand for no country, and names that mean more than theirs.
SKIP_CODES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "XX", "HM", "BV", "TF", "UM", "AQ", "IO", "CQ", "AC", "TA", "DG", "EA", "IC", "CP", "GS"}
AMBIGUOUS = {("PS", "West Bank"), ("CD", "Congo - Kinshasa"), ("CG", "Congo - Brazzaville")}
# Where the source has the id of a realm, the id of the country that is meant.
WIKIDATA = {"DK": "Q35", "NL": "Q55"}
PEOPLE = 50_000


def plain(text):
    """A name of the Factbook without its remarks."""
    text = re.sub(r"\([^)]*\)", "", text)
    return re.split(r"[;,]| in Romanian| \(|\baka\b|\bnote\b", text)[0].strip()


def demonyms(noun, adjective):
    """The words for the people, singular and plural, and the adjectives."""
    adjectives = [re.sub(r"\([^)]*\)", "", a).strip() for a in re.split(r"[;,/]| or ", adjective) if "none" not in a]
    people = []
    for part in re.split(r"[,;/]| or ", noun):
        part = part.strip()
        if not part or part == "none" or "collective plural" in part:
            continue
        match = re.match(r"^([\w' -]+?)\s*\((s|men|women)\)", part)
        if match and match.group(2) == "s":
            people += [match.group(1), match.group(1) + "s"]
        elif match:
            word = match.group(1)
            people += [word, word[: -len("man")] + "men" if word.endswith("man") and not word.endswith("woman") else word[: -len("woman")] + "women"]
        else:
            people.append(re.sub(r"\([^)]*\)", "", part).strip())
    keep = lambda words: [w for w in unique(words) if re.fullmatch(r"[A-Z][\w' -]+", w) and w.lower() not in ("us citizens",)]
    return keep(adjectives), keep(people)


def latin(text):
    return bool(re.fullmatch(r"[A-Za-zÀ-ɏ'’. ,()&-]+", text))


def main():
    territories_path, cldr_path, iso_path, factbook_path, geonames_path, out = sys.argv[1:7]
    territories = [json.loads(line) for line in read(territories_path, SHA256["territories"]).decode().splitlines()]
    cldr = json.loads(read(cldr_path, SHA256["cldr"]))["territories"]
    iso = json.loads(read(iso_path, SHA256["iso"]))["countries"]
    factbook = {c["iso2"]: c for c in json.loads(read(factbook_path, SHA256["factbook"])) if c["iso2"]}

    countries, regions = [], []
    for t in territories:
        code = t["code"].upper()
        names = [t["name"], t.get("full_name", "")]
        if code in SKIP_CODES:
            continue
        if len(code) == 2 and code.isalpha():
            f = factbook.get(code, {})
            names += [cldr.get(code, ""), cldr.get(code + "-alt-short", ""), cldr.get(code + "-alt-variant", "")]
            listed = iso.get(code, [])
            names += listed if isinstance(listed, list) else [listed]
            if f.get("short") not in SKIP_NAMES and f:
                names += [plain(f["short"]), plain(f["long"])]
            clean = []
            for name in names:
                name = name.replace("’", "'").strip()
                if not name or not latin(name) or name in SKIP_NAMES or "(" in name or "," in name or (code, name) in AMBIGUOUS:
                    continue
                name = re.sub(r"^The ", "", name)
                forms = {name, name.replace(" & ", " and "), name.replace("St. ", "Saint ")}
                forms |= {fold(form) for form in forms}
                clean += sorted(forms)
            adjectives, people = demonyms(f.get("noun", ""), f.get("adj", ""))
            capital = plain(f.get("capital", ""))
            if " " in capital and not latin(capital) or capital.startswith(("no official", "administered")):
                capital = ""
            countries.append((code, WIKIDATA.get(code, t["qid"]), "|".join(unique(clean)), "|".join(adjectives), "|".join(people), capital))
        elif "-" in t["code"] and t["code"].split("-")[0] in ("us", "ca", "au", "in", "cn", "de", "br", "gb", "ua", "ru"):
            name = re.sub(r"\s*\(.*\)$", "", t["name"])
            if latin(name) and "," not in name:
                forms = unique([name, fold(name)])
                regions.append((code, t["qid"], "|".join(forms)))
    countries.sort()
    regions.sort()

    capitals = {(c[0], fold(c[5]).lower().removesuffix(", d.c.")) for c in countries if c[5]}
    cities = {}
    for row in csv.DictReader(io.StringIO(read(geonames_path, SHA256["geonames"]).decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        name, population = row["name"].replace("’", "'"), int(row["population"] or 0)
        capital = (row["cc"], fold(name).lower()) in capitals
        if not latin(name) or len(name) < 3 or "(" in name or (population < PEOPLE and not capital):
            continue
        for form in unique([name, fold(name)]):
            old = cities.get(form)
            # Of cities with one name, the largest stands for it; a capital goes first.
            if old is None or (capital, population) > (old[2] == "c", int(old[3])):
                cities[form] = (form, row["cc"], "c" if capital else "", str(population))
    cities = sorted(cities.values())

    write(os.path.join(out, "countries.tsv"), [
        "Derived by scripts/derive_places.py; see SOURCES.md. Do not edit.",
        "code, Wikidata id, names, adjectives, people, capital",
    ], countries)
    write(os.path.join(out, "regions.tsv"), [
        "Derived by scripts/derive_places.py; see SOURCES.md. Do not edit.",
        "code (ISO 3166-2), Wikidata id, names",
    ], regions)
    write(os.path.join(out, "cities.tsv"), [
        "Derived by scripts/derive_places.py from GeoNames (CC BY 4.0); see SOURCES.md. Do not edit.",
        "name, country, c if it is a capital, people",
    ], cities)


if __name__ == "__main__":
    main()
