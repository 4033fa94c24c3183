"""How the program is seen: shell, pages, forms and the runner of work off the UI thread."""
