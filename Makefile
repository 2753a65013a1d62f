# Two commands do all the set-up on a machine with Python 3.11-3.13 and make:
#   make demo   builds the embedded demo warehouse and scans it
#   make test   lints, type-checks and tests
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench bench-census bench-classify bench-notebook bench-memory bench-read bench-listing bench-sketch score score-1m peers accuracy lock clean

demo: $(VENV)/.app
	$(BIN)/pandian demo --output pandian-demo

test: check
	$(BIN)/pytest

check: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/kernels.py
	$(BIN)/python benchmarks/linking.py

# The public benchmark (benchmarks/README.md). ARGS="--parts coltype --errors 20 --data ../shared/data --as-tagged"
score: $(VENV)/.dev
	$(BIN)/python -m benchmarks.score $(ARGS)

# Counting persons in a large Parquet table. ARGS="--rows 50000000 --growth 5000000,50000000,200000000 --data DIR"
bench-census: $(VENV)/.dev
	$(BIN)/python -m benchmarks.census $(ARGS)

# One generated warehouse of a million people, counted exactly: with the tags of the classifier, then with the true ones.
# ARGS="--persons 300000 --warehouse hospital_school"
MILLION := -m benchmarks.score --parts subject --warehouse retail_bank --persons 1000000
score-1m: $(VENV)/.dev
	$(BIN)/python $(MILLION) $(ARGS)
	$(BIN)/python $(MILLION) --as-tagged $(ARGS)

# Other tools on the same data, in an environment of their own.
peers: $(VENV)/.dev $(VENV)-peers/.installed
	$(BIN)/python -m benchmarks.peers --python $(VENV)-peers/bin/python $(ARGS)

$(VENV)-peers/.installed: benchmarks/peers/requirements.txt
	$(PYTHON) -m venv $(VENV)-peers
	$(VENV)-peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers/requirements.txt
	touch $@

# Airflow and the schemas of Kubernetes, which judge the units of 'pandian schedule units' in the tests.
.PHONY: orchestrators
orchestrators: $(VENV)-orchestrators/.installed

$(VENV)-orchestrators/.installed: tests/scanner/schedule/orchestrators.txt
	$(PYTHON) -m venv $(VENV)-orchestrators
	$(VENV)-orchestrators/bin/python -m pip install --quiet --disable-pip-version-check -r tests/scanner/schedule/orchestrators.txt
	touch $@

# docs/accuracy.md: Pandian and the peers, all figures anew.
accuracy: peers
	$(BIN)/python -m benchmarks.accuracy

.PHONY: pictures bench-report

# docs/pictures: the README's pictures, from a real scan of the demo. ARGS="--scan pandian-demo"
pictures: $(VENV)/.dev
	$(BIN)/python -m benchmarks.pictures $(ARGS)

# How fast the HTML report is written and opens, from 10 to 5,000 tables.
bench-report: $(VENV)/.dev
	$(BIN)/python -m benchmarks.report $(ARGS)

# Sketches: rates beside the datasketches package, coverage of bounds, partitions, people, size.
bench-sketch: $(VENV)/.dev
	$(BIN)/python -m benchmarks.sketches $(ARGS)

# Rows a second of each way into Arrow, beside the libraries that only read.
bench-read: $(VENV)/.dev $(VENV)-readers/.installed
	$(BIN)/python -m benchmarks.reading --libraries $(VENV)-readers $(ARGS)

# The most memory while 50 million rows are streamed.
bench-memory: $(VENV)/.dev
	$(BIN)/python -m benchmarks.reading.memory $(ARGS)

$(VENV)-readers/.installed: benchmarks/reading/requirements.txt | $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(VENV)-readers -r benchmarks/reading/requirements.txt
	touch $@

# A frame of a million rows and 20 columns profiled in a notebook, beside describe() of pandas.
bench-notebook: $(VENV)/.dev
	$(BIN)/python -m benchmarks.notebook $(ARGS)

# Databases of very many tables: how long until the first is there, and all. ARGS="--tables 500,5000 --scan --count exact"
bench-listing: $(VENV)/.dev
	$(BIN)/python -W ignore -m benchmarks.listing $(ARGS)

bench-classify: $(VENV)/.dev
	$(BIN)/python -m benchmarks.classify $(ARGS)

.PHONY: mutate-rules bench-assess law-book score-law

# Changes everything in the rule packs that decides a verdict, one thing at a time; every change must break a golden row.
mutate-rules: $(VENV)/.dev
	$(BIN)/python -m benchmarks.law.mutation

# pandian assess from cold start to last line, for small and large facts files; each must stay below a second.
bench-assess: $(VENV)/.dev
	$(BIN)/python -m benchmarks.law.speed

# Scans the generated warehouses with declared flows: do findings and routes agree with the true counts?
# ARGS="--data ../shared/data", or "--persons 1000000 --warehouse retail_bank" for counts near the lines.
score-law: $(VENV)/.dev
	$(BIN)/python -m benchmarks.law.warehouses $(ARGS)

# Each rule of the rule book (ARGS=../shared/law/rules.yaml): where it is in the packs, and whether both say the same.
law-book: $(VENV)/.dev
	$(BIN)/python -m benchmarks.law.book $(ARGS)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found. Name one: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: locks/app.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/app.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: locks/dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.app

# Needs uv; run after a change of dependencies. Drivers of databases that no test can start are not locked:
# they are heavy, and some do not go with others.
LOCKED := $(addprefix --extra ,adbc clickhouse compiled delta duckdb excel forms fsspec iceberg keyring mysql ner polars postgresql xlsx)
lock:
	uv pip compile pyproject.toml --group dev $(LOCKED) --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet -o locks/dev.txt
	uv pip compile pyproject.toml --group build $(LOCKED) --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --quiet -c locks/dev.txt -o locks/app.txt

clean:
	rm -rf $(VENV) pandian-demo pandian-out dist build

.PHONY: golden-sql

# Compiles what is sent to databases that no test can start, by dialects too heavy for the development environment
# or that need an older SQLAlchemy. Needs uv.
golden-sql:
	for pair in "2.1.9 sqlalchemy-bigquery databricks-sqlalchemy impyla opengauss-sqlalchemy psycopg2-binary sqlalchemy-redshift snowflake-sqlalchemy pyhive thrift : bigquery databricks hive impala opengauss redshift snowflake" "2.0.58 dmSQLAlchemy dmPython pyodps : dm odps"; do \
		packages=$${pair%%:*}; \
		PYTHONPATH=. uv run --no-project --python 3.11 $$(for one in $${packages#* }; do echo --with $$one; done) \
			--with sqlalchemy==$${packages%% *} --with pyarrow --with numpy --with pandas \
			python tests/connectors/golden_sql.py $${pair##*: } || exit 1; \
	done
	PYTHONPATH=. $(BIN)/python tests/connectors/golden_sql.py mssql oracle starrocks trino

.PHONY: sources commands

# docs/sources.md: what the conformance tests prove, and on which versions.
sources: $(VENV)/.dev
	PYTHONPATH=.:tests/connectors $(BIN)/python tests/connectors/sources_table.py

# docs/commands.md: every command with its options.
commands: $(VENV)/.dev
	PYTHONPATH=. $(BIN)/python tests/scanner/cli/commands_page.py
