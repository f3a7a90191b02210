"""What each source file may hold, declared once; what is declared nowhere is not read."""
