// Reads the graph files of a folder with programs of JavaScript, and prints one
// JSON object a line: the program, its nodes with their names, its edges.
// Run by readers_graphs.py, which compares.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), "package.json"));
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");
const cytoscape = require("cytoscape");
const d3 = await import(require.resolve("d3-force"));

const read = (name) => readFileSync(path.join(folder, name), "utf8");
const json = (name) => JSON.parse(read(name));

function say(reader, nodes, edges) {
  console.log(JSON.stringify({ reader, nodes, edges }));
}

const edge = (source, target, data) => [source, target, data.relation, data.factuality];

{
  const graph = gexf.parse(MultiDirectedGraph, read("graph.gexf"), { allowUndeclaredAttributes: true });
  say(
    "graphology-gexf",
    graph.mapNodes((node, data) => [node, data.label]),
    graph.mapEdges((_, data, source, target) => edge(source, target, data)),
  );
}
{
  const graph = graphml.parse(MultiDirectedGraph, read("graph.graphml"));
  say(
    "graphology-graphml",
    graph.mapNodes((node, data) => [node, data.label]),
    graph.mapEdges((_, data, source, target) => edge(source, target, data)),
  );
}
{
  const graph = cytoscape({ headless: true, elements: json("graph.cyjs").elements });
  say(
    "Cytoscape.js",
    graph.nodes().map((node) => [node.id(), node.data("name")]),
    graph.edges().map((line) => edge(line.source().id(), line.target().id(), line.data())),
  );
}
{
  const { nodes, links } = json("graph.node-link.json");
  d3.forceSimulation(nodes)
    .force("link", d3.forceLink(links).id((node) => node.id))
    .force("charge", d3.forceManyBody())
    .stop()
    .tick(3);
  if (!nodes.every((node) => Number.isFinite(node.x))) throw new Error("d3-force: no place");
  say(
    "d3-force",
    nodes.map((node) => [node.id, node.label]),
    links.map((link) => edge(link.source.id, link.target.id, link)),
  );
}
{
  const { graph } = json("graph.jgf.json");
  say(
    "JSON Graph Format",
    Object.entries(graph.nodes).map(([id, node]) => [id, node.label]),
    graph.edges.map((line) => edge(line.source, line.target, line.metadata)),
  );
}
