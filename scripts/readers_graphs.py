"""Checks that programs for graphs and tables read what `silsila build` wrote.

Run by readers.sh, which installs the programs: networkx, igraph, pandas, DuckDB,
followthemoney and sssom in Python, graphology, Cytoscape.js and d3-force in
JavaScript, Graphviz. Compared are entities, edges and claims with the rows
(*.jsonl), names byte for byte, and quotations with the texts of the articles.

    readers_graphs.py DIR MODULES [SILSILA]

MODULES is the folder of node_modules; with the program SILSILA the flavors of
GraphML and graphs with events as nodes are read as well.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from pathlib import Path

import duckdb
import igraph
import networkx
import pandas

import readers
from readers import FORBIDDEN, Expected, check


def held(text):
    """What XML can hold of a text."""
    return FORBIDDEN.sub("", text)


class Graph:
    """What a program read, compared with the rows."""

    def __init__(self, expected):
        self.expected = expected
        self.names = {entity: expected.names[entity] for entity in expected.joined}
        urdu = [name for name in expected.names.values() if re.search("[\u0600-\u06ff]", name)]
        print(f"      {len(urdu)} names in Arabic letters")

    def compare(self, what, nodes, edges, xml=False):
        names = {k: held(v) for k, v in self.names.items()} if xml else self.names
        nodes = list(nodes)
        check(f"{what}: nodes", len(nodes), len(names))
        check(f"{what}: names", dict(nodes), names)
        edges = list(edges)
        check(f"{what}: edges", Counter(edges), Counter(self.expected.edges))

    def quotes(self, what, quotes, xml=False):
        """Quotations as document, start, end, words."""
        quotes = list(quotes)
        clean = held if xml else (lambda text: text)
        wrong = [q for q in quotes if clean(self.expected.slice(*q[:3])) != q[3]]
        check(f"{what}: quotations that are not the article's words, of {len(quotes)}", len(wrong), 0)


def edge(source, target, data):
    return (source, target, data["relation"], data["factuality"])


def quote(data):
    where = (data["quote_document"], int(data["quote_start"]), int(data["quote_end"]))
    return (*where, data["quote"])


def gexf(path, graph):
    read = networkx.MultiDiGraph(networkx.read_gexf(path))
    edges = list(read.edges(data=True))
    graph.compare("GEXF, networkx", read.nodes(data="label"), (edge(*e) for e in edges), xml=True)
    graph.quotes("GEXF, networkx", (quote(data) for *_, data in edges), xml=True)
    day = re.compile(r"\d{4}-\d\d-\d\d")
    spells = [spell for *_, data in edges for spell in data.get("spells", [])]
    check("GEXF: spells that are no intervals of days",
          sum(not (day.fullmatch(a) and day.fullmatch(b) and a <= b) for a, b in spells), 0)
    print(f"      {len(spells)} spells of {len(edges)} edges")


def graphml(path, graph):
    read = igraph.Graph.Read_GraphML(str(path))
    names = [(vertex["id"], vertex["label"] or "") for vertex in read.vs]
    edges = [edge(names[e.source][0], names[e.target][0], e.attributes()) for e in read.es]
    graph.compare("GraphML, igraph", names, edges, xml=True)
    graph.quotes("GraphML, igraph", (quote(e.attributes()) for e in read.es), xml=True)


def node_link(path, graph):
    data = json.loads(path.read_text(encoding="utf-8"))
    read = networkx.node_link_graph(data, edges="links")
    edges = list(read.edges(data=True))
    graph.compare("node-link, networkx", read.nodes(data="label"), (edge(*e) for e in edges))
    graph.quotes("node-link, networkx", (
        (said["document"], said["start"], said["end"], said["text"])
        for *_, data in edges for said in data["evidence"]
    ))


def javascript(folder, modules, graph):
    script = Path(__file__).with_name("readers_graphs.mjs")
    run = subprocess.run(["node", "--max-old-space-size=4096", script, folder, modules],
                         capture_output=True, encoding="utf-8", timeout=600)
    check("Node says nothing", (run.returncode, run.stderr), (0, ""))
    for line in run.stdout.splitlines():
        read = json.loads(line)
        graph.compare(read["reader"], map(tuple, read["nodes"]), map(tuple, read["edges"]),
                      xml="graphology" in read["reader"])


def plain(cell):
    """A cell without the apostrophe that keeps it from being a formula."""
    return cell.removeprefix("'")


def spreadsheet(folder, graph):
    nodes, edges, claims = (
        pandas.read_csv(folder / name, dtype=str, keep_default_na=False)
        for name in ("nodes.csv", "edges.csv", "claims.csv")
    )
    formulas = re.compile("[-=+@\t\r]")
    text = [c for table in (nodes, edges, claims) for c in table if table[c].dtype != "float64"]
    check("CSV: cells that are formulas", sum(
        bool(formulas.match(cell)) for table in (nodes, edges, claims)
        for column in table for cell in table[column]
    ), 0)
    graph.compare(
        "CSV, pandas",
        zip(nodes["id"].map(plain), nodes["label"].map(plain)),
        (edge(plain(row["source"]), plain(row["target"]), row) for _, row in edges.iterrows()),
    )
    for what, table, document in (
        ("edges", edges, "quote_document"), ("claims", claims, "document")
    ):
        graph.quotes(f"CSV, pandas, {what}", (
            (plain(row[document]), int(row["quote_start"]), int(row["quote_end"]),
             plain(row["quote"])) for _, row in table.iterrows()
        ))
    check("CSV: claims", len(claims), len(graph.expected.claims))
    assert text
    with duckdb.connect() as database:
        for name, rows in (("nodes", nodes), ("edges", edges), ("claims", claims)):
            query = f"SELECT count(*) FROM read_csv('{folder / name}.csv', all_varchar=true)"
            check(f"CSV, DuckDB: {name}", database.execute(query).fetchone()[0], len(rows))
        labels = database.execute(
            f"SELECT id, coalesce(label, '') FROM read_csv('{folder}/nodes.csv', all_varchar=true)"
        ).fetchall()
        check("CSV, DuckDB: names", {plain(i): plain(n) for i, n in labels}, graph.names)


def neo4j(folder, graph):
    """The rules of Neo4j's importer: every id once, no missing ends."""
    with duckdb.connect() as database:
        for path in sorted(folder.glob("*.csv")):
            table = path.stem.replace("-", "_")
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM "
                             f"read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', "
                             "escape='\"', max_line_size=20000000)")

        def one(query):
            return database.execute(query).fetchone()[0]

        for table, key, number in (
            ("node_entity", "id:ID(Entity)", None),
            ("node_article", "id:ID(Article)", len(graph.expected.texts)),
            ("node_claim", "id:ID(Claim)", len(graph.expected.claims)),
        ):
            count = one(f"SELECT count(*) FROM {table}")
            check(f"Neo4j: {table}, ids once", one(f'SELECT count(DISTINCT "{key}") FROM {table}'), count)
            if number is not None:
                check(f"Neo4j: {table}", count, number)
        for table, start, end in (
            ("edge_relation", "Entity", "Entity"), ("edge_role", "Claim", "Entity"),
            ("edge_article", "Claim", "Article"),
        ):
            for column, to in ((f":START_ID({start})", start), (f":END_ID({end})", end)):
                missing = one(f'SELECT count(*) FROM {table} WHERE "{column}" NOT IN '
                              f'(SELECT "id:ID({to})" FROM node_{to.lower()})')
                check(f"Neo4j: {table}, missing ends in {column}", missing, 0)
        edges = database.execute('SELECT ":START_ID(Entity)", ":END_ID(Entity)", relation, factuality '
                                 "FROM edge_relation").fetchall()
        check("Neo4j: edges", Counter(edges), Counter(graph.expected.edges))
        names = dict(database.execute('SELECT "id:ID(Entity)", coalesce(name, \'\') FROM node_entity').fetchall())
        check("Neo4j: names", {e: names.get(e) for e in graph.names}, graph.names)


def follow_the_money(path, graph):
    from followthemoney import model

    entities, lost, dangling, ranges = {}, [], 0, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            proxy = model.get_proxy(data, cleaned=False)
            for name, values in data["properties"].items():
                kept = proxy.get(name)
                if len(kept) != len(set(values)):
                    lost.append((data["id"], name, values))
            if not proxy.caption:
                lost.append((data["id"], "caption", ""))
            for name in proxy.schema.required:
                if not proxy.get(name):
                    lost.append((data["id"], name, "required"))
            entities[data["id"]] = proxy
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type.name != "entity":
                continue
            other = entities.get(value)
            dangling += other is None
            if other is not None and not other.schema.is_a(prop.range):
                ranges.append((proxy.schema.name, prop.name, other.schema.name))
    check("FollowTheMoney: values that it does not take", lost, [])
    check("FollowTheMoney: links to nothing", dangling, 0)
    check("FollowTheMoney: links to things of another kind", Counter(ranges), Counter())
    schemas = Counter(proxy.schema.name for proxy in entities.values())
    print("     ", dict(schemas))
    check("FollowTheMoney: articles", schemas["Article"], len(graph.expected.texts))
    names = {name for proxy in entities.values() for name in proxy.names}
    missing = [n for n in graph.names.values() if n.strip() and " ".join(n.split()) not in names]
    check("FollowTheMoney: names that are missing", missing, [])


def sssom(path, expected):
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    table = parse_sssom_table(path)
    with open(path, encoding="utf-8") as lines:
        rows = sum(not line.startswith("#") for line in lines) - 1
    check("SSSOM: mappings", len(table.df), rows)
    reports = validate(table, fail_on_error=False)
    problems = [
        result.message for report in reports.values() for result in report.results
        if str(result.severity) in ("ERROR", "FATAL")
    ]
    check("SSSOM: what its validator finds", problems[:5], [])
    literal = table.df[table.df["subject_type"] == "rdfs literal"]
    labels = Counter(literal["subject_label"])
    with open(path.parent / "entities.jsonl", encoding="utf-8") as lines:
        entities = [json.loads(line) for line in lines]
    names = Counter(
        " ".join(name["text"].split()) for entity in entities
        if entity["id"] in expected.spoken_of for name in entity["names"]
    )
    check("SSSOM: names", Counter(" ".join(label.split()) for label in labels.elements()), names)


def graphviz(path):
    head = re.match(r"// (\d+) entities, (\d+) edges\.", path.read_text(encoding="utf-8"))
    run = subprocess.run(["dot", "-Ksfdp", "-Tsvg", path], capture_output=True, timeout=600)
    check("DOT, sfdp says nothing", (run.returncode, run.stderr.decode()), (0, ""))
    svg = ElementTree.fromstring(run.stdout)
    groups = Counter(group.get("class") for group in svg.iter("{http://www.w3.org/2000/svg}g"))
    check("DOT, sfdp: entities drawn", groups["node"], int(head[1]))
    check("DOT, sfdp: edges drawn", groups["edge"], int(head[2]))


def with_program(folder, silsila, graph):
    """What only options write."""
    def export(*arguments):
        return subprocess.run([silsila, "export", "-q", folder, *arguments],
                              capture_output=True, check=True).stdout

    for flavor in ("strict", "yed"):
        file = export("--format", "graphml", "--flavor", flavor)
        read = networkx.read_graphml(io.BytesIO(file), force_multigraph=True)
        check(f"GraphML, {flavor}: networkx, nodes", read.number_of_nodes(), len(graph.names))
        check(f"GraphML, {flavor}: networkx, edges", read.number_of_edges(), len(graph.expected.edges))
        names = Counter(name for _, name in read.nodes(data="label", default=""))
        check(f"GraphML, {flavor}: names", names, Counter(map(held, graph.names.values())))
    read = networkx.node_link_graph(
        json.loads(export("--format", "node-link", "--events")), edges="links")
    claims = sum(data["claim_count"] for _, data in read.nodes(data=True) if data["class"] == "Event")
    check("events as nodes: claims", claims, len(graph.expected.claims))
    raw = zipfile.ZipFile(io.BytesIO(export("--format", "csv", "--raw-cells")))
    claims = pandas.read_csv(raw.open("claims.csv"), dtype=str, keep_default_na=False)
    graph.quotes("CSV, raw cells", (
        (row["document"], int(row["quote_start"]), int(row["quote_end"]), row["quote"])
        for _, row in claims.iterrows()
    ))


def main():
    folder, modules = Path(sys.argv[1]), sys.argv[2]
    expected = Expected(folder)
    graph = Graph(expected)
    gexf(folder / "graph.gexf", graph)
    graphml(folder / "graph.graphml", graph)
    node_link(folder / "graph.node-link.json", graph)
    javascript(folder, modules, graph)
    with tempfile.TemporaryDirectory() as tables:
        for name in ("csv", "neo4j"):
            zipfile.ZipFile(folder / f"graph.{name}.zip").extractall(Path(tables) / name)
        spreadsheet(Path(tables) / "csv", graph)
        neo4j(Path(tables) / "neo4j", graph)
    follow_the_money(folder / "graph.ftm.jsonl", graph)
    sssom(folder / "graph.sssom.tsv", expected)
    graphviz(folder / "graph.dot")
    if len(sys.argv) > 3:
        with_program(folder, sys.argv[3], graph)
    if readers.failures:
        sys.exit(f"error: {readers.failures} checks failed")


if __name__ == "__main__":
    main()
