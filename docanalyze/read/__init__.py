"""Bytes -> `Document`: characters, lines, blocks and tables, each with its place on the page."""
