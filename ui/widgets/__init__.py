"""The small parts that pages and forms are made of."""
