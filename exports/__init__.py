"""How data leaves the program and comes in."""
