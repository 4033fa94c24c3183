"""Tests of what leaves the program and comes in."""
