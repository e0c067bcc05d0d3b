"""The nouns: frozen values and pure functions over them; no I/O, and nothing else of ours."""
