"""Tests of passwords, key slots and certificates."""
