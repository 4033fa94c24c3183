"""The chapters of the national report, each with its paragraphs, tables and charts."""
