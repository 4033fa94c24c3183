"""Tests, a mirror of the program's rooms."""
