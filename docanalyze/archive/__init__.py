"""Many reports: found, analysed by one of several engines, resumable, kept as JSON and Parquet tables.

`sources` finds the files, `manifest` knows what is done, an engine of `engines` runs the jobs of `work`
and `parts`, `run` puts them together, `query` asks the tables.
"""
