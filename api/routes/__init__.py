"""Routes: parse, call one action, render."""
