"""The forms of the window, one file each."""
