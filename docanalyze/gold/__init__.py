"""Gold annotations: values, the rules that they keep, and the loader."""
