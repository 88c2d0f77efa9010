#!/usr/bin/env python3
"""Measures the words per CPU second of the English pipeline and of spaCy.

    scripts/bench_spacy.py [DOCUMENTS.jsonl[.gz]] [--megabytes 1]

Both run on one thread, once over the same documents (lines of JSON with a
`text`; by default the texts of the parity fixture, several times over, which
flatters nobody but shows less). The time of loading spaCy is left out, ours is
counted. Ends with an error if we are not at least six times as fast.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys

import spacy_reference

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIRED = 6.0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", nargs="?", type=pathlib.Path, default=ROOT / "tests/fixtures/parity.jsonl")
    parser.add_argument("--megabytes", type=float, default=1.0, help="how much text (default 1)")
    parser.add_argument("--environment", default=str(ROOT / "target/spacy"), help="folder of the virtual environment")
    arguments = parser.parse_args()
    python = spacy_reference.environment(arguments.environment)
    texts, size = [], 0
    while size < arguments.megabytes * 1e6:
        before = size
        for document in spacy_reference.read_documents(arguments.documents):
            texts.append(document["text"])
            size += len(document["text"].encode("utf-8"))
            if size >= arguments.megabytes * 1e6:
                break
        if size == before:
            sys.exit("error: the documents are empty")
    words = sum(len(text.split()) for text in texts)
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)

    def run(command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return json.loads(done.stdout), seconds

    subprocess.run(["cargo", "build", "--quiet", "--release", "--example", "analyze"], cwd=ROOT, check=True)
    binary = ROOT / "target/release/examples/analyze"
    found, seconds = run([binary, "--quiet"])
    reference, _ = run([python, spacy_reference.__file__, "--time"])
    if found["tokens"] != reference["tokens"]:
        print(f"note: {found['tokens']} tokens, spaCy has {reference['tokens']}")
    ours, theirs = words / seconds, words / reference["seconds"]
    print(f"{len(texts)} documents, {size / 1e6:.2f} MB, {words} words, {reference['tokens']} tokens")
    print(f"ours          {seconds:7.2f} CPU s  {ours:8.0f} words/s (loading took {found['load'] * 1000:.0f} ms)")
    print(f"spaCy {reference['spacy']:7} {reference['seconds']:7.2f} CPU s  {theirs:8.0f} words/s")
    print(f"ratio         {ours / theirs:7.1f}")
    if ours < REQUIRED * theirs:
        sys.exit(f"error: the ratio is below {REQUIRED}")


if __name__ == "__main__":
    main()
