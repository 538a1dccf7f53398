"""Benchmarks: each file here with a `bench()` is one line of the table. Run `make bench`."""
