"""Tests of `pravo_desktop.backups` and of the data folder as files."""
