"""Benchmarks: each file here with a `bench()` is one or more lines of the table. Run `make bench`."""
