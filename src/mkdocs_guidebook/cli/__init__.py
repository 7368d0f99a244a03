"""The ``guidebook`` command: parse, call one function, print, set the exit code."""
