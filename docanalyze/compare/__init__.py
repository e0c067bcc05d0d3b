"""Analyses of successive reports -> Comparison: what became of each figure, and what does not agree."""
