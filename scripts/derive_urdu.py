#!/usr/bin/env python3
"""Derives the tables of places, names of people and common words of Urdu.

    python3 scripts/derive_urdu.py TERRITORIES CLDR ISO GEONAMES PERSONS NEWS DEMONYMS OUT

TERRITORIES  territories of `rigour` 2.6.1 (MIT), one JSON object a line
CLDR         Urdu territory names of CLDR 48.2 (Unicode-3.0), JSON
ISO          Urdu country names of i18n-iso-countries 7.14.0 (MIT), JSON
GEONAMES     cities over 15,000 people of GeoNames (CC BY 4.0), gzipped TSV
PERSONS      person-name forms of `rigour` 2.6.1 (MIT; Wikidata, CC0), TSV, gzipped
NEWS         training part of IL-NER, Urdu (CC BY 4.0): which words are common
             outside of names, JSONL, gzipped
DEMONYMS     `demonyms.tsv` of the Urdu tables: how news calls countries
OUT          the folder to write `countries.tsv`, `cities.tsv`,
             `names.txt`, `common.txt` to; `countries.tsv` of English, which knows the
             capitals, is read from the folder `en` beside it

Every form is written with one letter for all its looks, as the program looks
words up (`letters.tsv`).
"""

import collections
import gzip
import hashlib
import json
import os
import re
import sys
import unicodedata

SHA256 = {
    "territories": "b71c430538bf4b6a5e4275145f8fd8ce9be6d799828f9525dca003c1d0ba96c9",
    "cldr": "50b075cc02dd657fc98b8f54b16048ddba62714b78b6f6972f5634cef2e814a4",
    "iso": "9111dd45f60774cd8ab534bc2704f348eac09b96c3bcc4f1038bd93d53e136fe",
    "geonames": "53bc29e737df3f1e7a3680fc9c161a053920ba764b916d837ec474fb707835da",
    "persons": "f3fe65a6ece25de9fdffb76f89e4bfe8297bb9ffe8da61d73a0a8ceb5c56846f",
    "news": "5fe7a031ca87d18c7e76106bce928f849f8ec715f81c92d6a4f3e45ec526e5b2",
}
NAMES = ["territories", "cldr", "iso", "geonames", "persons", "news"]
# Names that are ordinary words far oftener.
AMBIGUOUS = set("مالی پیرو چاڈ نیو کوک آرمی بڑا بڑی نیا نئی کوٹ ڈاک شہر گاؤں قلعہ ایک دو تین چار پانچ سات".split())
COMMON = 2  # a word seen so often outside of names is a common one
SEEN = 40  # and one seen so often is no name of a city or person, whatever lists say
LETTERS = dict(zip("يىېۍێكڪګهةۂۃۀەأإٱٲٳۆۇۋۏٷۓڼڭټډړ", "یییییکککہہہہہہاااااووووؤےںگٹڈڑ"))


def raw(path, name):
    with open(path, "rb") as file:
        data = file.read()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256[name]:
        sys.exit(f"{path} is not the {name} file that the tables derive from: its SHA-256 is {digest}")
    return (gzip.decompress(data) if path.endswith(".gz") else data).decode()


def norm(text):
    text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text)
    return " ".join("".join(LETTERS.get(c, c) for c in text).split())


def is_urdu(text):
    return re.fullmatch("[\u0621-\u064a\u0671-\u06d3 '-]+", text) is not None


def write(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
        out.write(f"# Derived by scripts/derive_urdu.py; see SOURCES.md. Do not edit.\n# {header}\n")
        out.writelines("\t".join(row) + "\n" for row in rows)


def main():
    files = {name: raw(path, name) for name, path in zip(NAMES, sys.argv[1:])}
    demonyms, out = sys.argv[7], sys.argv[8]
    outside, inside = collections.Counter(), collections.Counter()
    for line in files["news"].splitlines():
        row = json.loads(line)
        named = {i for e in row["entities"] for i in range(e["start"], e["end"]) if e["type"] in ("NEP", "NEL", "NEO")}
        for i, token in enumerate(row["tokens"]):
            for word in norm(token).split("_"):
                if is_urdu(word):
                    (inside if i in named else outside)[word] += 1
    common = sorted(w for w, n in outside.items() if n >= COMMON and n > inside[w] and len(w) > 1)
    taken = {w for w, n in outside.items() if n >= SEEN and n > inside[w]}
    write_lines = [[w] for w in sorted(common, key=lambda w: w.encode())]
    with open(os.path.join(out, "common.txt"), "w", encoding="utf-8") as file:
        file.writelines(w[0] + "\n" for w in write_lines)

    by_hand, hand_adjectives, hand_people = {}, {}, {}
    for line in open(demonyms, encoding="utf-8").read().splitlines():
        if line.startswith("#"):
            continue
        code, places, adjectives, people = line.split("\t")[:4]
        by_hand[code], hand_adjectives[code], hand_people[code] = places.split("|"), adjectives, people
    cldr = json.loads(files["cldr"])["territories"]
    iso = json.loads(files["iso"])["countries"]
    capitals = {}
    for line in open(os.path.join(out, "..", "en", "countries.tsv"), encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if not line.startswith("#") and len(fields) > 5:
            capitals[fields[0]] = fields[5]
    ids = {}
    for line in files["territories"].splitlines():
        row = json.loads(line)
        if row.get("is_country") and "-" not in row["code"]:
            ids[row["code"].upper()] = row.get("qid") or ""
    ids.update({"DK": "Q35", "NL": "Q55", "PS": ids.get("PS", "Q219060")})
    rows, names_of = [], set()
    for code in sorted(set(ids) | set(by_hand)):
        if code == "EU":
            continue
        names = list(by_hand.get(code, []))
        for source in (cldr.get(code), iso.get(code)):
            for name in source if isinstance(source, list) else [source] if source else []:
                names.append(name)
        names = list(dict.fromkeys(n for n in map(norm, names) if is_urdu(n) and n not in AMBIGUOUS))
        if not names:
            continue
        adjectives = hand_adjectives.get(code)
        if adjectives is None:
            first = names[0]
            adjectives = re.sub("[اہ]$", "", first) + "ی" if " " not in first and len(first) > 3 and not first.endswith("ی") else ""
        names_of.update(names)
        rows.append([code, ids.get(code, ""), "|".join(names), norm(adjectives), norm(hand_people.get(code, "")), ""])
    write(out, "countries.tsv", "code, Wikidata id, names, adjectives, people, capital", rows)

    cities, seen = [], {}
    lines = files["geonames"].splitlines()[1:]
    table = sorted((line.split("\t") for line in lines), key=lambda f: (-int(f[4] or 0), f[0]))
    for fields in table:
        if len(fields) < 9 or not fields[8]:
            continue
        is_capital = capitals.get(fields[2]) == fields[1]
        for form in sorted({norm(n) for n in fields[8].split("|")}):
            letters = form.replace(" ", "")
            if not is_urdu(form) or len(letters) < 3 or form in seen or form in names_of or form in AMBIGUOUS:
                continue
            if form in taken and int(fields[4]) < 1_000_000:
                continue
            if len(letters) < 4 and int(fields[4]) < 300_000:
                continue
            seen[form] = True
            cities.append([form, fields[2], "c" if is_capital else "", fields[4], fields[1]])
    write(out, "cities.tsv", "name, country, c if it is a capital, people, the name in Latin letters", sorted(cities))

    persons = set()
    for line in files["persons"].splitlines():
        for part in line.split("\t")[:-1]:
            for name in part.split("|"):
                name = norm(name)
                if is_urdu(name) and " " not in name and len(name) > 2 and name not in taken:
                    persons.add(name)
    for line in files["news"].splitlines():
        row = json.loads(line)
        for e in row["entities"]:
            if e["type"] == "NEP":
                for word in e["text"].split():
                    word = norm(word)
                    if is_urdu(word) and len(word) > 2 and outside[word] == 0:
                        persons.add(word)
    with open(os.path.join(out, "names.txt"), "w", encoding="utf-8") as file:
        file.writelines(f"{w}\n" for w in sorted(persons, key=lambda w: w.encode()))
    print(len(rows), "countries", len(cities), "cities", len(persons), "names", len(common), "common words", file=sys.stderr)


if __name__ == "__main__":
    main()
