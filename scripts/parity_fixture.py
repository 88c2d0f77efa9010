#!/usr/bin/env python3
"""Makes tests/fixtures/parity.jsonl: texts with what spaCy says of them.

    scripts/parity_fixture.py statedept.jsonl.gz

The texts are paragraphs, and a few whole beginnings with their empty lines, of
press releases of the US Department of State (public domain, 17 U.S.C. 105;
1,584 items of its RSS feed as kept in the repository
markschaver/State-Department-PR on GitHub, commit cd530c3), chosen by the hash
of their id, and some made-up ones that tokenizers trip over. Needs a network
once, to install spaCy.
"""

import argparse
import hashlib
import json
import pathlib
import sys

import spacy_reference

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHA256 = "fb9d741f4e5a993fa6476581f0c6b6f3f7966565c4c09483334fe95be3421d6a"
SENTENCES = 350

ODD = [
    "",
    " ",
    "\n\n",
    " Leading and trailing blanks ",
    "Two  blanks,\ttabs\r\nand\n\nlines.\u00a0 No-break\u3000space.",
    "See https://www.example.org/a/b?c=d#e, www.example.com/x_(y) or mail press@example.org.",
    "It costs $5.50, €7, £3m, US$20bn, 5km/h, 30°C. and 1,000-2,000 kg (10%).",
    "I can't, won't, shan't and don't; they'd've, y'all'll, gonna, gotta, c'mon, 'tis, let's go!",
    "I can’t, won’t; they’d’ve — “quoted”, ‘single’ … and so on.",
    "Dr. Smith, Mr. Jones Jr., Ph.D., of the U.S. and U.K., arrived at 9 a.m. on Jan. 5.",
    "Emoji 👍🏽 👩‍👩‍👧 :) :-( ;-D xD (╯°□°）╯︵┻━┻ ¯\\(ツ)/¯ <3 C++ a.",
    "Cafe\u0301 nai\u0308ve e\u0301\u0302 Zu\u0308rich, Çavuşoğlu, Håkansson, Łukasz, Đinđić.",
    "اسلام آباد میں ملاقات۔ किताब है। 北京市，你好。 Москва — столица. Αθήνα είναι. שלום עולם",
    "well-known state-of-the-art mother-in-law's 2021-22 Tehreek-e-Insaf and/or he/she A–B 3–4 10:30",
    "(((nested))) [brackets] {braces} <tags> \"quotes\"...!!! ?! ,, ;; -- --- ——",
    "word.Next Sentence.Another,one:two;three a.b.c e.g. i.e. etc. U.S.A. a.k.a. No.5",
    "#hashtag @handle RT @UN: 50% of $3.5-million½ x² m³ 1st 2nd ١٢٣ ⅷ ① 5'10\" 1990s '90s",
    "SHOUTING HEADLINE: MINISTER MEETS AMBASSADOR\nISLAMABAD: The minister met the ambassador on Friday.",
    "mark det number root agent X ADJ PERSON _ SPACE FLAG19 DEPRECATED001 prep",
    "Zero\u200bwidth, soft\u00adhyphen, \ufeffbyte order mark, \u202eright to left\u202c, nul\x00 bell\x07.",
    "a" * 120 + " " + "9" * 120 + " " + "." * 40 + " " + "x-" * 30 + "y " + "(" * 20 + ")" * 20,
    "He said that that that that that he had had had had no effect; buffalo buffalo buffalo.",
]


def column(values):
    """One string for a column whose values have no blanks, `_` for an empty one."""
    return " ".join(value or "_" for value in values)


def fixture_row(source, text, row):
    tokens = row["tokens"]
    heads = [token[6] for token in tokens]
    return {
        "source": source,
        "text": text,
        "spans": [part for token in tokens for part in token[:2]],
        "tag": column(token[2] for token in tokens),
        "upos": column(token[3] for token in tokens),
        "morph": column(token[4] for token in tokens),
        "lemma": [token[5] for token in tokens],
        "head": heads,
        "deprel": column(token[7] for token in tokens),
        "sentences": [at for at, token in enumerate(tokens) if token[8]],
        "entities": row["entities"],
    }


def choose(releases):
    """Yields source and text, in an order that is as good as random."""
    ordered = sorted(releases, key=lambda release: hashlib.sha256(release["id"].encode()).hexdigest())
    for number, release in enumerate(ordered):
        paragraphs = release["text"].split("\n\n")
        if number % 12 == 0:
            yield release["id"], release["text"][:900].rsplit(" ", 1)[0]
            continue
        long_enough = [p for p in paragraphs if 120 <= len(p) <= 900]
        if long_enough:
            yield release["id"], long_enough[number % len(long_enough)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("releases", type=pathlib.Path)
    parser.add_argument("--environment", default=str(ROOT / "target/spacy"), help="folder of the virtual environment")
    arguments = parser.parse_args()
    digest = hashlib.sha256(arguments.releases.read_bytes()).hexdigest()
    if digest != SHA256:
        sys.exit(f"error: SHA-256 of {arguments.releases} is {digest}, expected {SHA256}")
    python = spacy_reference.environment(arguments.environment)
    chosen = [("made up", text) for text in ODD]
    chosen += list(choose(spacy_reference.read_documents(arguments.releases)))[:SENTENCES]
    rows = spacy_reference.analyze(python, [text for _, text in chosen])
    sentences = 0
    with open(ROOT / "tests/fixtures/parity.jsonl", "w", encoding="utf-8") as file:
        for (source, text), row in zip(chosen, rows, strict=True):
            if sentences >= SENTENCES:
                break
            if source != "made up":
                sentences += sum(token[8] for token in row["tokens"])
            line = fixture_row(source, text, row)
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{sentences} sentences of releases, {len(ODD)} texts made up")


if __name__ == "__main__":
    main()
