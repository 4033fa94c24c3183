"""The steps of the first start, each a file of its own."""
