"""Passwords, key slots, certificates: secrets and what is proved with them."""
