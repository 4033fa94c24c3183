"""The national report: what it says, and how it becomes PDF, XLSX and JSON."""
