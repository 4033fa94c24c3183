"""How records are stored: an encrypted SQLite database in one data folder."""
