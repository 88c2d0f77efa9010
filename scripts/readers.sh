#!/usr/bin/env bash
# Lets the programs that people use read the files that `silsila build` wrote.
#
#   scripts/readers.sh DIR [SILSILA]
#
# DIR is the folder of `build … --format all`, of the samples or of any articles;
# SILSILA is the program, for what only options write (default: the one that
# cargo built, if it is there). Programs of Python and JavaScript go into
# environments of their own (READERS_VENV and READERS_NODE, default
# target/readers and target/readers-node); Graphviz is installed if there is none
# and apt-get may do it.
set -euo pipefail

dir=${1:?usage: scripts/readers.sh DIR [SILSILA]}
here=$(cd "$(dirname "$0")" && pwd)
venv=${READERS_VENV:-$here/../target/readers}
node=${READERS_NODE:-$here/../target/readers-node}
silsila=${2:-${CARGO_TARGET_DIR:-$here/../target}/release/silsila}

if [ ! -x "$venv/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$venv"
fi
"$venv/bin/pip" install --quiet --disable-pip-version-check \
    networkx==3.6.1 pyoxigraph==0.5.13 rdflib==7.6.0 \
    duckdb==2.0.1 followthemoney==4.11.2 igraph==1.0.0 pandas==3.1.1 sssom==0.4.21

if ! command -v npm >/dev/null; then
    echo "error: Node is not installed (the programs \`node\` and \`npm\`)" >&2
    exit 2
fi
mkdir -p "$node"
npm install --prefix "$node" --no-save --no-audit --no-fund --silent \
    cytoscape@3.34.4 d3-force@3.0.1 graphology@0.26.0 graphology-gexf@0.13.2 \
    graphology-graphml@0.5.2

if ! command -v dot >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get install --quiet --quiet --yes graphviz >/dev/null
    else
        echo "error: Graphviz is not installed (the program \`dot\`)" >&2
        exit 2
    fi
fi

status=0
"$venv/bin/python" "$here/readers.py" "$dir" || status=1
if [ -x "$silsila" ]; then
    "$venv/bin/python" "$here/readers_graphs.py" "$dir" "$node" "$silsila" || status=1
else
    "$venv/bin/python" "$here/readers_graphs.py" "$dir" "$node" || status=1
fi
exit $status
