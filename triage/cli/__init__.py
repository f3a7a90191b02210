"""The command line: parse, open the council, call one action, print."""
