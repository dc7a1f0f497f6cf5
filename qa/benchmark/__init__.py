"""How fast this is on this machine, beside sentence-transformers, a flat FAISS index and bm25s.

Everything is measured in processes of its own (``child``, ``server``), started with this interpreter
and ended with the benchmark. Nothing is imported from the doors: they are started like any program.
"""

from qa.benchmark.asking import bench_ask
from qa.benchmark.encoding import bench_encode
from qa.benchmark.indexing import bench_index
from qa.benchmark.plan import Plan
from qa.benchmark.plotting import check_suffix, plot
from qa.benchmark.rendering import to_markdown, to_rich
from qa.benchmark.report import Report
from qa.benchmark.searching import bench_search
from qa.benchmark.serving import bench_serve

__all__ = [
    "Plan",
    "Report",
    "bench_ask",
    "bench_encode",
    "bench_index",
    "bench_search",
    "bench_serve",
    "check_suffix",
    "plot",
    "to_markdown",
    "to_rich",
]
