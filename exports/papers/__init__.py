"""The papers a centre prints, one module each; what a paper needs is in `content`."""
