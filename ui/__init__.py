"""How the program is seen: shell, pages, forms and the runner of work off the UI thread."""

import os

# The print system is asked by its own socket: where that is missing, CUPS would try the network.
os.environ["CUPS_SERVER"] = "/run/cups/cups.sock"
