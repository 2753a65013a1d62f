"""Hold our sketches against those of Spark SQL, both ways; needs pyspark 4.1 or newer and Java 17.

    uv pip install --python .venv/bin/python pyspark && .venv/bin/python -m benchmarks.sketches.spark

Spark fills sketches from the same digests, and unites ours. Registers, hashes and estimates must be equal.
"""

from __future__ import annotations

import sys
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from scanner.sketches import hll_format
from scanner.sketches.hll import Hll
from scanner.sketches.hll import unite as unite_hll
from scanner.sketches.theta import Theta
from scanner.sketches.theta import unite as unite_theta

LG_K = 12
FILL = (f"hll_sketch_agg(digest, {LG_K}) AS hll", f"theta_sketch_agg(digest, {LG_K}) AS theta")
UNITE = (
    "hll_sketch_estimate(hll_union_agg(hll, true)) AS hll",
    f"theta_sketch_estimate(theta_union_agg(theta, {LG_K})) AS theta",
)


def main() -> None:
    digests = np.random.default_rng(1).integers(0, 2**64, 200_000, dtype=np.uint64)
    parts = np.array_split(digests, 20)
    hlls, thetas = [Hll.of(part, LG_K) for part in parts], [Theta.of(part, LG_K) for part in parts]
    ours, sample = unite_hll(hlls, LG_K), unite_theta(thetas, LG_K)
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(pa.table({"digest": digests.view(np.int64)}), f"{folder}/digests.parquet")
        columns = {"hll": [hll_format.to_bytes(s, 4) for s in hlls], "theta": [s.to_bytes() for s in thetas]}
        pq.write_table(pa.table(columns), f"{folder}/sketches.parquet")
        filled = spark.read.parquet(f"{folder}/digests.parquet").selectExpr(*FILL).first()
        united = spark.read.parquet(f"{folder}/sketches.parquet").selectExpr(*UNITE).first()
    kept = Theta.from_bytes(bytes(filled.theta))
    checks = {
        "Spark fills the registers that we fill": hll_format.from_bytes(bytes(filled.hll)) == ours,
        "Spark keeps the hashes that we keep": unite_theta([kept], LG_K) == sample,
        "Spark estimates our united HLL sketches as we do": united.hll == round(ours.estimate()),
        "Spark estimates our united theta sketches as we do": united.theta == round(sample.estimate()),
    }
    print(f"Spark {spark.version}, {len(digests):,} digests, {len(parts)} partitions")
    for check, holds in checks.items():
        print(f"  {check}: {holds}")
    sys.exit(0 if all(checks.values()) else 1)


if __name__ == "__main__":
    main()
