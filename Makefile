# What people do here. `make demo` needs a Rust toolchain only; what installs
# other readers or spaCy makes its own environment below target/.

CARGO ?= cargo
PYTHON ?= python3

.PHONY: demo test check lint golden bench bench-spacy bench-splink parity readers tables clean

## The main job on the samples: a graph in out/.
demo:
	$(CARGO) run --release --quiet -- build samples -o out --format all
	@echo "Look at out/graph.dot (Graphviz), out/graph.graphml (Gephi), out/graph.ttl (SPARQL)."

## All tests. No network, no service.
test:
	$(CARGO) test --quiet

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets --quiet -- -D warnings

## What continuous integration runs.
check: lint test
	git diff --exit-code

## Rewrites the golden files of the tests; read the diff before you commit it.
golden:
	SILSILA_GOLDEN=write $(CARGO) test --quiet --test formats

bench:
	$(CARGO) bench

## Words per CPU second beside spaCy's, in the same run.
bench-spacy:
	$(PYTHON) scripts/bench_spacy.py

## Resolves one made-up table of names with Splink and with this program.
bench-splink:
	$(PYTHON) scripts/bench_splink.py

## Installs spaCy and compares everything on whole releases.
parity:
	$(PYTHON) scripts/parity.py

## Installs the readers of our files and lets them read.
readers: demo
	bash scripts/readers.sh out

clean:
	$(CARGO) clean
	rm -rf out
