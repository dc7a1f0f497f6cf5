"""Other systems on the same documents, model and threads: ``python -m tests.benchmarks.peers FOLDER``."""
