"""Reports set by other typesetters than the one the corpus is made with."""
