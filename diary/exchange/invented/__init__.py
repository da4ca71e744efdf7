"""Invented people and their diaries, deterministic by seed: for the demo, the screenshots and the benchmarks."""
