#!/usr/bin/env python3
"""How well scores of `silsila compare` are calibrated, and what a fitted map would give.

Reads labelled pairs, asks the program for the weights of each, and fits Platt's two
numbers (1999) from their sum to a probability. Folds are held out in turn; every
figure under "held out" is of pairs that the numbers were not fitted to. Pairs that
share a name are in one fold.

    python3 scripts/fit_calibration.py --bin target/release/silsila \\
        tests/quality/names_en.tsv pairs.jsonl.gz

JSON lines have a, b, match (true or false) and schema; TSV is that of tests/quality.
"""

import argparse
import gzip
import json
import math
import subprocess

BODIES = {"Company", "Organization", "LegalEntity"}


def read(path):
    """The pairs of a file: class, names, whether they are one."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if path.endswith(".tsv"):
                if line.strip() and not line.startswith("#"):
                    kind, a, b, same = line.rstrip("\n").split("\t")[:4]
                    if same in ("0", "1"):
                        yield kind, a, b, same == "1"
            elif line.strip():
                row = json.loads(line)
                body = row.get("schema") in BODIES
                yield "Organization" if body else "Person", row["a"], row["b"], row["match"]


def sums(binary, pairs):
    """The log-odds of each pair: the sum of its weights."""
    asked = "".join(
        json.dumps({"id": i, "class": kind, "a": a, "b": b}) + "\n"
        for i, (kind, a, b, _) in enumerate(pairs)
    )
    done = subprocess.run([binary, "compare", "-"], input=asked, capture_output=True, text=True, check=True)
    got = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    return {i: sum(reason["weight"] for reason in row["reasons"]) for i, row in got.items()}


def logistic(x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def fit(data):
    """Slope and shift of the least log loss, by Newton's method, held near (1, 0)."""
    slope, shift = 1.0, 0.0
    for _ in range(50):
        g0, g1, h00, h01, h11 = 1e-3 * (slope - 1), 1e-3 * shift, 1e-3, 0.0, 1e-3
        for x, same in data:
            p = logistic(slope * x + shift)
            w = p * (1 - p)
            g0, g1 = g0 + (p - same) * x, g1 + (p - same)
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        det = h00 * h11 - h01 * h01
        slope -= max(-0.5, min(0.5, (h11 * g0 - h01 * g1) / det))
        shift -= max(-0.5, min(0.5, (h00 * g1 - h01 * g0) / det))
    return slope, shift


def measure(told):
    """Brier score, log loss, and the mean distance of score and share in ten groups."""
    brier = sum((p - same) ** 2 for p, same in told) / len(told)
    loss = -sum(math.log(max(1e-15, p if same else 1 - p)) for p, same in told) / len(told)
    groups = {}
    for p, same in told:
        groups.setdefault(min(9, int(p * 10)), []).append((p, same))
    ece = sum(abs(sum(p - same for p, same in g)) for g in groups.values()) / len(told)
    return f"Brier {brier:.4f}, log loss {loss:.4f}, ECE {ece:.4f}"


def folds(pairs, number):
    """The fold of each pair; pairs joined by a name have the same one."""
    parent = {}

    def root(name):
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for _, a, b, _ in pairs:
        parent[root(a)] = root(b)
    order = {}
    return [order.setdefault(root(a), len(order)) % number for _, a, _, _ in pairs]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--bin", default="target/release/silsila")
    parser.add_argument("--folds", type=int, default=10)
    args = parser.parse_args()
    pairs = [pair for path in args.files for pair in read(path)]
    known = sums(args.bin, pairs)
    rows = [
        (known[i], int(pair[3]), fold)
        for i, (pair, fold) in enumerate(zip(pairs, folds(pairs, args.folds)))
        if i in known
    ]
    share = sum(same for _, same, _ in rows) / len(rows)
    print(f"{len(rows)} of {len(pairs)} pairs, {share:.3f} the same")
    print("as told: ", measure([(logistic(x), same) for x, same, _ in rows]))
    held = []
    for fold in range(args.folds):
        slope, shift = fit([(x, same) for x, same, of in rows if of != fold])
        held += [(logistic(slope * x + shift), same) for x, same, of in rows if of == fold]
    print("held out:", measure(held))
    slope, shift = fit([(x, same) for x, same, _ in rows])
    print(f"fitted to all: slope {slope:.3f}, shift {shift:.3f}; even odds at {-shift / slope:.2f}")
    prior = math.log(share / (1 - share))
    for rare in (0.1, 0.01):
        moved = shift - prior + math.log(rare / (1 - rare))
        print(f"were {rare} of pairs the same: shift {moved:.3f}; even odds at {-moved / slope:.2f}")


if __name__ == "__main__":
    main()
