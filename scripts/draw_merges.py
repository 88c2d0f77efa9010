#!/usr/bin/env python3
"""Draws merges and near misses of a built graph for a person to judge.

    python3 scripts/draw_merges.py GRAPH NEWS [-n 200] [--seed 1] -o SHEET.csv
    python3 scripts/draw_merges.py --score SHEET.csv

GRAPH   a folder that `silsila build` wrote
NEWS    the articles, JSON lines with `id` and `text`, gzipped or not

The sheet has N clusters that bear more than one name, and N pairs of names that
were not merged: one half the best-scoring rejected merges, the other people who
share a surname. Write `y`, `n` or `?` into `right`: of a cluster, whether all
its names are of one thing; of a pair, whether the two are two. The score is the
share of right clusters, and the recall that both shares give: right merges over
right merges and missed ones, each drawn share taken for all that it was drawn
from.
"""

import argparse
import collections
import csv
import gzip
import json
import os
import random
import unicodedata

KINDS = ("Person", "Organization", "Place")
COLUMNS = ["id", "kind", "what", "names", "context", "of", "right", "note"]


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def fold(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if c.isalnum())


def around(text, name, width=110):
    at = text.find(name)
    return "" if at < 0 else " ".join(text[max(0, at - width) : at + len(name) + width].split())


def sources(decisions):
    """The documents of each name of each entity."""
    found = collections.defaultdict(list)
    for decision in decisions:
        for side in ("a", "b"):
            end = decision[side]
            if end["document"] not in found[end["entity"], end["name"]]:
                found[end["entity"], end["name"]].append(end["document"])
    return found


def draw(arguments):
    entities = {e["id"]: e for e in rows(os.path.join(arguments.graph, "entities.jsonl"))}
    decisions = rows(os.path.join(arguments.graph, "decisions.jsonl"))
    texts = {str(row["id"]): row["text"] for row in rows(arguments.news)}
    where = sources(decisions)

    def context(entity, name):
        documents = where.get((entity, name), [])
        return " … ".join(f"[{d}] {around(texts.get(d, ''), name)}" for d in documents[:2])

    def names(entity):
        best = collections.Counter()
        for name in entity["names"]:
            best[name["text"]] += name["count"]
        return best.most_common(12)

    clusters = [
        e for e in entities.values() if e["supertype"] in KINDS and len({fold(n) for n, _ in names(e)}) > 1
    ]
    # Rejected merges, each pair of entities once, the likeliest first.
    near, seen = [], set()
    for d in sorted(decisions, key=lambda d: (-d["score"], d["a"]["name"], d["b"]["name"])):
        pair = frozenset((d["a"]["entity"], d["b"]["entity"]))
        if d.get("rejected") and len(pair) == 2 and pair not in seen and entities[d["a"]["entity"]]["supertype"] in KINDS:
            seen.add(pair)
            near.append((d["a"]["entity"], d["a"]["name"], d["b"]["entity"], d["b"]["name"]))
    # People of one surname.
    by_surname = collections.defaultdict(list)
    for e in entities.values():
        words = e["name"].split()
        if e["supertype"] == "Person" and len(words) > 1 and e["names"]:
            by_surname[fold(words[-1])].append(e)
    cousins = []
    for surname, people in sorted(by_surname.items()):
        for i, a in enumerate(people):
            cousins += [(a["id"], a["name"], b["id"], b["name"]) for b in people[i + 1 :]]
    pick = random.Random(arguments.seed)
    half = arguments.n // 2
    chosen = {
        "cluster": pick.sample(sorted(clusters, key=lambda e: e["id"]), min(arguments.n, len(clusters))),
        "near": pick.sample(near, min(half, len(near))),
        "surname": pick.sample(cousins, min(arguments.n - half, len(cousins))),
    }
    sizes = {"cluster": len(clusters), "near": len(near), "surname": len(cousins)}
    with open(arguments.out, "w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, COLUMNS)
        sheet.writeheader()
        for e in chosen["cluster"]:
            told = " | ".join(f"{n} ×{c}" for n, c in names(e))
            seen = " // ".join(context(e["id"], n) for n, _ in names(e) if where.get((e["id"], n)))
            sheet.writerow(dict(id=e["id"], kind="cluster", what=e["supertype"], names=told, context=seen, of=sizes["cluster"]))
        for kind in ("near", "surname"):
            for a, x, b, y in chosen[kind]:
                seen = f"{context(a, x)} // {context(b, y)}"
                offices = [" / ".join(o["title"] for o in entities[e]["offices"][:2]) for e in (a, b)]
                sheet.writerow(dict(
                    id=f"{a} {b}", kind=kind, what=entities[a]["supertype"],
                    names=f"{x} ({offices[0]}) | {y} ({offices[1]})", context=seen, of=sizes[kind],
                ))


def score(path):
    tally, of = collections.defaultdict(collections.Counter), {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            tally[row["kind"]][row["right"].strip() or "?"] += 1
            of[row["kind"]] = int(row["of"])
    share = {}
    for kind, counts in tally.items():
        judged = counts["y"] + counts["n"]
        share[kind] = counts["y"] / judged if judged else 0.0
        print(f"{kind}: {counts['y']} of {judged} right ({share[kind]:.3f}), {counts['?']} not judged; drawn from {of[kind]}")
    merged = share.get("cluster", 0.0) * of.get("cluster", 0)
    missed = sum((1 - share[k]) * of[k] for k in ("near", "surname") if k in share)
    if merged:
        print(f"recall over drawn kinds: {merged / (merged + missed):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", nargs="?")
    parser.add_argument("news", nargs="?")
    parser.add_argument("-n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", dest="out", default="merges.csv")
    parser.add_argument("--score", metavar="SHEET")
    arguments = parser.parse_args()
    score(arguments.score) if arguments.score else draw(arguments)


if __name__ == "__main__":
    main()
