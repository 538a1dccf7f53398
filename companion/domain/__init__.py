"""The rules of the product: pure functions on the standard library."""
