#!/usr/bin/env python3
"""Compares the English pipeline with spaCy itself, on whole documents.

    scripts/parity.py [DOCUMENTS.jsonl[.gz]] [--limit 300]

Makes a virtual environment with spaCy, runs it and `examples/analyze.rs` over
the documents (lines of JSON with a `text`; by default the texts of the parity
fixture) and counts what differs. Ends with an error if a token differs, or
more than one in a thousand of anything else.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

import spacy_reference

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIELDS = ["tag", "upos", "morph", "lemma", "head", "deprel", "sentence start"]
FLOOR = 0.999


def ours(texts, model):
    """Returns our rows for some texts, in order."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = ["cargo", "run", "--quiet", "--release", "--example", "analyze", "--", *([model] if model else [])]
    done = subprocess.run(
        command, cwd=ROOT, input=lines, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8"
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def compare(texts, found, expected, shown):
    """Prints agreement and examples; returns whether it is high enough."""
    total, wrong = collections.Counter(), collections.Counter()
    examples = collections.defaultdict(list)
    for text, ours, theirs in zip(texts, found, expected, strict=True):
        our_spans = [tuple(token[:2]) for token in ours["tokens"]]
        their_spans = [tuple(token[:2]) for token in theirs["tokens"]]
        total["token"] += len(their_spans)
        if our_spans != their_spans:
            odd = sorted(set(our_spans) ^ set(their_spans))
            wrong["token"] += len(odd)
            examples["token"] += [text[max(0, start - 9) : end + 9] for start, end in odd]
            continue
        for our_token, their_token in zip(ours["tokens"], theirs["tokens"]):
            word = text[their_token[0] : their_token[1]]
            for field, one, other in zip(FIELDS, our_token[2:], their_token[2:]):
                total[field] += 1
                if one != other:
                    wrong[field] += 1
                    examples[field].append(f"{word!r}: {one!r}, spaCy {other!r}")
        our_entities = {tuple(entity) for entity in ours["entities"]}
        their_entities = {tuple(entity) for entity in theirs["entities"]}
        total["entity"] += len(their_entities)
        wrong["entity"] += max(len(their_entities - our_entities), len(our_entities - their_entities))
        for start, end, label in sorted(our_entities ^ their_entities):
            words = text[their_spans[start][0] : their_spans[end - 1][1]]
            mine = (start, end, label) in our_entities
            examples["entity"].append(f"{words!r} {label}: {'ours' if mine else 'spaCy'}")
    good = True
    for field in ["token", *FIELDS, "entity"]:
        share = 1 - wrong[field] / max(total[field], 1)
        enough = share >= (1 if field == "token" else FLOOR)
        good &= enough
        print(f"{field:15} {total[field] - wrong[field]:9} of {total[field]:9}  {share:9.4%}{'' if enough else '  TOO LOW'}")
        for example in examples[field][:shown]:
            print(f"                {example}")
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", nargs="?", type=pathlib.Path, default=ROOT / "tests/fixtures/parity.jsonl")
    parser.add_argument("--limit", type=int, default=300, help="how many documents to compare (default 300)")
    parser.add_argument("--show", type=int, default=3, help="how many differences of a kind to print")
    parser.add_argument("--environment", default=str(ROOT / "target/spacy"), help="folder of the virtual environment")
    parser.add_argument("--model", help="folder of a converted pipeline (default: the embedded one)")
    parser.add_argument("--spacy-model", help="folder of the same pipeline for spaCy")
    arguments = parser.parse_args()
    python = spacy_reference.environment(arguments.environment)
    texts = []
    for document in spacy_reference.read_documents(arguments.documents):
        if len(texts) == arguments.limit:
            break
        texts.append(document["text"])
    expected = spacy_reference.analyze(python, texts, arguments.spacy_model)
    print(f"{len(texts)} documents of {arguments.documents}")
    if not compare(texts, ours(texts, arguments.model), expected, arguments.show):
        sys.exit("error: the results differ from spaCy's by more than is allowed")


if __name__ == "__main__":
    main()
