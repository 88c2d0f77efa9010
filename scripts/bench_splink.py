#!/usr/bin/env python3
"""Resolves one made-up table of names with Splink and with this program.

    python3 scripts/bench_splink.py [NAMES ...]       (10000 100000 by default)

Installs Splink (with DuckDB) into an environment below target/, writes the table
with `cargo bench --bench resolve -- NAMES --write FILE`, and lets Splink resolve
people and bodies apart, as its documentation advises for such data: blocking
rules, chance agreement estimated from random pairs, the rest by expectation
maximisation, clusters by connected components. Splink gets the columns that it
has comparisons for: first, last and full name (folded, titles off), country,
gender, office, and the list of companions. Printed are processor seconds, peak
memory, pairs compared, and precision and recall over pairs of rows and B-cubed;
of Splink's thresholds the one with the best B-cubed F1 is taken, which favors it.
"""

import collections
import csv
import os
import re
import resource
import subprocess
import sys
import time
import unicodedata
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
ENVIRONMENT = os.path.join(ROOT, "target", "splink")
PACKAGES = ["splink==5.0.0", "duckdb==2.0.1"]
TITLES = {"dr", "mr", "sen", "ambassador", "president", "minister", "gen", "prof"}
THRESHOLDS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in text if not unicodedata.combining(c))))


def read(path, kind):
    """The rows of one class as Splink's columns."""
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["class"] != kind:
                continue
            words = fold(row["name"]).split()
            if kind == "Person" and len(words) > 1 and words[0] in TITLES:
                words = words[1:]
            suffix = words[-1] == "jr" if words else False
            core = words[:-1] if suffix and len(words) > 2 else words
            yield {
                "unique_id": int(row["id"]),
                "full_name": " ".join(words),
                "first_name": core[0] if len(core) > 1 else None,
                "last_name": core[-1] if core else None,
                "initials": "".join(word[0] for word in words if word not in ("for", "and")) or None,
                "country": row["country"] or None,
                "gender": row["gender"] or None,
                "office": row["office"] or None,
                "companions": sorted({fold(c) for c in row["companions"].split("|") if c}) or None,
            }, int(row["truth"]), int(row["ours"])


def measure(cluster, truth):
    """Precision and recall over pairs, and B-cubed."""
    sizes, things, both = collections.Counter(), collections.Counter(), collections.Counter()
    for i, thing in truth.items():
        sizes[cluster[i]] += 1
        things[thing] += 1
        both[cluster[i], thing] += 1
    pairs = lambda counts: sum(n * (n - 1) // 2 for n in counts.values())
    hits, n = pairs(both), len(truth)
    return (
        hits / max(1, pairs(sizes)),
        hits / max(1, pairs(things)),
        sum(k * k / sizes[c] for (c, t), k in both.items()) / n,
        sum(k * k / things[t] for (c, t), k in both.items()) / n,
    )


def f1(figures):
    return 2 * figures[2] * figures[3] / max(1e-9, figures[2] + figures[3])


def splink(kind, rows, truth):
    import pyarrow
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    start, cpu = time.time(), time.process_time()
    table = pyarrow.Table.from_pylist(rows)
    companions = cl.ArrayIntersectAtSizes("companions", [3, 2, 1])
    country = cl.ExactMatch("country").configure(term_frequency_adjustments=True)
    if kind == "Person":
        comparisons = [
            cl.JaroWinklerAtThresholds("first_name", [0.92, 0.85]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("last_name", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("full_name", [0.95, 0.88]),
            cl.ExactMatch("gender"),
            cl.JaroWinklerAtThresholds("office", [0.9]).configure(term_frequency_adjustments=True),
            country,
            companions,
        ]
        rules = [
            block_on("full_name"),
            block_on("last_name", "substr(first_name, 1, 1)"),
            block_on("first_name", "substr(last_name, 1, 2)"),
        ]
        training = [block_on("last_name"), block_on("first_name")]
    else:
        comparisons = [
            cl.JaroWinklerAtThresholds("full_name", [0.95, 0.9, 0.85]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("first_name", [0.92]).configure(term_frequency_adjustments=True),
            country,
            companions,
        ]
        rules = [block_on("full_name"), block_on("first_name", "substr(last_name, 1, 2)"), block_on("first_name", "last_name")]
        training = [block_on("first_name"), block_on("last_name")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    linker = Linker(api.register(table), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("full_name")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    # Every pair that blocking proposes is scored; those below are not clustered.
    predictions = linker.inference.predict(threshold_match_probability=0.0)
    pairs = predictions.as_duckdbpyrelation().count("*").fetchall()[0][0]
    best = None
    for threshold in THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold)
        cluster = {row["unique_id"]: row["cluster_id"] for row in clusters.as_record_list()}
        figures = measure(cluster, truth)
        if best is None or f1(figures) > f1(best[1]):
            best = (threshold, figures)
    return best, pairs, time.time() - start, time.process_time() - cpu


def main():
    if not os.environ.get("SILSILA_SPLINK"):
        python = os.environ.get("SPLINK_PYTHON") or os.path.join(ENVIRONMENT, "bin", "python")
        if not os.path.exists(python):
            venv.create(ENVIRONMENT, with_pip=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES, "pyarrow"], check=True)
        os.execve(python, [python, *sys.argv], {**os.environ, "SILSILA_SPLINK": "1"})
    import logging

    logging.getLogger("splink").setLevel(logging.ERROR)
    for size in [int(a) for a in sys.argv[1:]] or [10_000, 100_000]:
        path = os.path.join(ROOT, "target", f"world-{size}.csv")
        if not os.path.exists(path):
            bench = os.environ.get("RESOLVE_BENCH")
            command = [bench] if bench else ["cargo", "bench", "--quiet", "--bench", "resolve", "--"]
            print(subprocess.run([*command, str(size), "--write", path], cwd=ROOT, check=True, capture_output=True, text=True).stdout)
        for kind in ("Person", "Organization"):
            rows, truth, ours = [], {}, {}
            for row, thing, mine in read(path, kind):
                rows.append(row)
                truth[row["unique_id"]] = thing
                ours[row["unique_id"]] = mine
            show = lambda figures: "pairs P {:.4f} R {:.4f}; B3 P {:.4f} R {:.4f}".format(*figures)
            print(f"{kind}, {len(rows)} rows of {size} names")
            print("  silsila", show(measure(ours, truth)))
            (threshold, figures), pairs, seconds, cpu = splink(kind, rows, truth)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"  splink  {show(figures)}; threshold {threshold}; {pairs} pairs, {seconds:.0f} s, {cpu:.0f} CPU s, peak {peak} MB", flush=True)


if __name__ == "__main__":
    main()
