"""Side by side with what people use today: ``python -m tests.benchmarks.speed``."""
