"""Checks that other programs read what `silsila build` wrote, and read the same.

Run by readers.sh, which installs the programs. Compared are the numbers of
entities, edges, claims and triples with those of the rows (*.jsonl), names byte
for byte, and every quotation with the text of its article at its offsets.
"""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import networkx
import pyoxigraph
import rdflib

BASE = "https://w3id.org/silsila/data/"
ONTOLOGY = "https://w3id.org/silsila/ontology#"
OA = "http://www.w3.org/ns/oa#"
# What XML 1.0 cannot hold; GraphML and SVG leave it out.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

failures = 0


def check(what, got, expected):
    """Compares, and says so in a line."""
    global failures
    if got == expected:
        shown = f"{got}" if isinstance(got, int) else "equal"
        print(f"ok    {what}: {shown}")
    else:
        failures += 1
        if isinstance(got, (set, Counter)):
            got, expected = list(got - expected)[:5], list(expected - got)[:5]
        print(f"WRONG {what}: {got!r}, expected {expected!r}")


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Expected:
    """What the rows say."""

    def __init__(self, folder):
        self.texts = {row["id"]: row["text"] for row in rows(folder / "documents.jsonl")}
        self.claims = rows(folder / "claims.jsonl")
        self.names = {row["id"]: row["name"] for row in rows(folder / "entities.jsonl")}
        ontology = rdflib.Graph()
        for path in sorted((Path(__file__).parent.parent / "ontology").glob("*.ttl")):
            ontology.parse(path)
        symmetric = ontology.subjects(rdflib.RDF.type, rdflib.OWL.SymmetricProperty)
        symmetric = {str(iri).removeprefix(ONTOLOGY) for iri in symmetric}
        self.edges = set()
        for claim in self.claims:
            ends = (claim["subject"]["entity"], claim["object"]["entity"])
            if claim["relation"] in symmetric:
                ends = tuple(sorted(ends))
            self.edges.add((*ends, claim["relation"], claim["factuality"]))
        self.plain = set()
        for subject, object_, relation, factuality in self.edges:
            if factuality == "happened":
                self.plain.add((subject, relation, object_))
                if relation in symmetric:
                    self.plain.add((object_, relation, subject))
        # Who is named by a claim at all, and who is at an end of one.
        self.spoken_of = set()
        for claim in self.claims:
            ends = [claim["subject"], claim["object"], claim.get("place"), claim.get("attribution")]
            ends.append(claim.get("office", {}).get("of"))
            self.spoken_of |= {end["entity"] for end in ends if end and "entity" in end}
        self.joined = {end for edge in self.edges for end in edge[:2]}
        self.evidence = {
            (claim["document"], claim["evidence"]["start"], claim["evidence"]["end"])
            for claim in self.claims
        }

    def slice(self, document, start, end):
        return self.texts[document][start:end]


def iri(kind, name):
    return f"{BASE}{kind}/{quote(name, safe='-_').replace('~', '%7E').replace('.', '%2E')}"


def rdf(folder, expected):
    read = {}
    formats = pyoxigraph.RdfFormat
    syntaxes = {
        "ttl": ("turtle", formats.TURTLE),
        "nt": ("nt", formats.N_TRIPLES),
        "trig": ("trig", formats.TRIG),
        "nq": ("nquads", formats.N_QUADS),
    }
    for extension, (name, syntax) in syntaxes.items():
        path = folder / f"graph.{extension}"
        quads = list(pyoxigraph.parse(path=path, format=syntax))
        by_pyoxigraph = {(str(q.subject), str(q.predicate), term(q.object)) for q in quads}
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(path, format=name)
        by_rdflib = {
            (s.n3(), p.n3(), rdflib_term(o))
            for s, p, o in dataset.triples((None, None, None))
        }
        check(f"{path.name}: triples, rdflib and pyoxigraph", by_rdflib, by_pyoxigraph)
        graphs = {str(q.graph_name) for q in quads}
        read[extension] = (by_pyoxigraph, len(quads), graphs)
    triples = read["ttl"][0]
    print(f"      {len(triples)} triples, {read['nq'][1]} quads in {len(read['nq'][2])} graphs")
    for extension in ("nt", "trig", "nq"):
        check(f"graph.{extension}: triples as in graph.ttl", read[extension][0], triples)
    check("graph.trig: quads as in graph.nq", read["trig"][1:], read["nq"][1:])
    said = {f"<{iri('article', document)}>" for document, _, _ in expected.evidence}
    check("graph.nq: a graph for each article that says something",
          read["nq"][2] - {"DEFAULT"}, said)
    check("RDF: no blank nodes", sum(s.startswith("_:") or str(o).startswith("_:") for s, _, o in triples), 0)

    kinds = Counter(o for _, p, o in triples if p == f"<{rdflib.RDF.type}>")
    check("RDF: claims", kinds[f"<{ONTOLOGY}Claim>"], len(expected.claims))
    check("RDF: articles", kinds["<https://schema.org/NewsArticle>"], len(expected.texts))
    entity = f"<{BASE}entity/"
    plain = {
        (s, p, o)
        for s, p, o in triples
        if s.startswith(entity) and p.startswith(f"<{ONTOLOGY}")
        and isinstance(o, str) and o.startswith(entity)
    }
    check("RDF: plain triples are what happened", plain, {
        (f"<{iri('entity', s)}>", f"<{ONTOLOGY}{p}>", f"<{iri('entity', o)}>")
        for s, p, o in expected.plain
    })

    store = pyoxigraph.Store()
    store.bulk_load(path=folder / "graph.nq", format=formats.N_QUADS)
    labels = store.query(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        f"SELECT ?x ?name {{ ?x rdfs:label ?name FILTER(STRSTARTS(STR(?x), '{BASE}entity/')) }}"
    )
    check("RDF: names of entities", {(row["x"].value, row["name"].value) for row in labels}, {
        (iri("entity", entity), expected.names[entity]) for entity in expected.spoken_of
    })
    quotes = store.query(
        f"PREFIX oa: <{OA}> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "SELECT ?article ?start ?end ?exact { GRAPH ?article { ?claim prov:wasDerivedFrom ?quote . "
        "?quote oa:hasSource ?article ; oa:hasSelector ?position , ?wording . "
        "?position oa:start ?start ; oa:end ?end . ?wording oa:exact ?exact } }"
    )
    documents = {iri("article", document): document for document in expected.texts}
    seen, wrong = set(), 0
    for row in quotes:
        where = (documents[row["article"].value], int(row["start"].value), int(row["end"].value))
        seen.add(where)
        wrong += expected.slice(*where) != row["exact"].value
    check("RDF: evidence", seen, expected.evidence)
    check("RDF: quotations that are not the article's words", wrong, 0)


def term(node):
    """A term in one form whoever read it."""
    if isinstance(node, pyoxigraph.Literal):
        return (node.value, node.language, node.datatype.value)
    return str(node)


def rdflib_term(node):
    if isinstance(node, rdflib.Literal):
        datatype = node.datatype or (
            rdflib.RDF.langString if node.language else rdflib.XSD.string
        )
        return (str(node), node.language, str(datatype))
    return node.n3()


def graphml(folder, expected):
    graph = networkx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    def identifier(name):
        name = name.replace("%", "%25")
        return FORBIDDEN.sub(lambda c: f"%{ord(c.group()):02X}", name)
    ids = {identifier(name): name for name in expected.names}
    check("graph.graphml: networkx, entities", {ids[n] for n in graph}, expected.joined)
    check("graph.graphml: networkx, edges", {
        (ids[s], ids[t], data["relation"], data["factuality"])
        for s, t, data in graph.edges(data=True)
    }, expected.edges)
    check("graph.graphml: networkx, no edge twice", graph.number_of_edges(), len(expected.edges))
    check("graph.graphml: names of entities", {
        (ids[node], name) for node, name in graph.nodes(data="label", default="")
    }, {(entity, FORBIDDEN.sub("", expected.names[entity])) for entity in expected.joined})
    evidence, wrong = set(), 0
    for _, _, data in graph.edges(data=True):
        where = (data["quote_document"], data["quote_start"], data["quote_end"])
        wrong += FORBIDDEN.sub("", expected.slice(*where)) != data["quote"]
        for part in data["evidence"].split(" | "):
            document, offsets = part.rsplit(" ", 1)
            evidence.add((document, *map(int, offsets.split("-"))))
    check("graph.graphml: evidence", evidence, expected.evidence)
    check("graph.graphml: quotations that are not the article's words", wrong, 0)
    check("graph.graphml: claims", sum(d for *_, d in graph.edges(data="claim_count")),
          len(expected.claims))


def dot(folder, expected):
    path = folder / "graph.dot"
    run = subprocess.run(["dot", "-Tsvg", path], capture_output=True, timeout=300)
    check("graph.dot: Graphviz says nothing", (run.returncode, run.stderr.decode()), (0, ""))
    head = re.match(r"// (\d+) entities, (\d+) edges\.", path.read_text(encoding="utf-8"))
    svg = ElementTree.fromstring(run.stdout)
    groups = Counter(group.get("class") for group in svg.iter("{http://www.w3.org/2000/svg}g"))
    check("graph.dot: entities drawn", groups["node"], int(head[1]))
    check("graph.dot: edges drawn", groups["edge"], int(head[2]))
    texts = {"".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")}
    single = {n for n in map(expected.names.get, expected.joined) if 0 < len(n) <= 20}
    shown = {name for name in single if name in texts}
    print(f"      {len(shown)} of {len(single)} short names stand in the picture")


def main():
    folder = Path(sys.argv[1])
    expected = Expected(folder)
    print(f"      {len(expected.texts)} articles, {len(expected.claims)} claims, "
          f"{len(expected.edges)} edges between {len(expected.joined)} entities")
    rdf(folder, expected)
    graphml(folder, expected)
    dot(folder, expected)
    if failures:
        sys.exit(f"error: {failures} checks failed")


if __name__ == "__main__":
    main()
