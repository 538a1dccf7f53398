"""One verb a file, one transaction, the moment is an argument."""
