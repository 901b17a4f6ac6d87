"""Benchmarks; `python -m benchmarks` prints their tables."""
