"""Documents that are followed, computed and compared."""
