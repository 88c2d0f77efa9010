#!/usr/bin/env bash
# Lets the programs that people use read the files that `silsila build` wrote.
#
#   scripts/readers.sh DIR
#
# DIR is the folder of `build … --format all`. rdflib, pyoxigraph and networkx go
# into an environment of their own (READERS_VENV, default target/readers);
# Graphviz is installed if there is none and apt-get may do it.
set -euo pipefail

dir=${1:?usage: scripts/readers.sh DIR}
here=$(cd "$(dirname "$0")" && pwd)
venv=${READERS_VENV:-$here/../target/readers}

if [ ! -x "$venv/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$venv"
fi
"$venv/bin/pip" install --quiet --disable-pip-version-check \
    networkx==3.6.1 pyoxigraph==0.5.13 rdflib==7.6.0

if ! command -v dot >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get install --quiet --quiet --yes graphviz >/dev/null
    else
        echo "error: Graphviz is not installed (the program \`dot\`)" >&2
        exit 2
    fi
fi

exec "$venv/bin/python" "$here/readers.py" "$dir"
