"""How fast reports are checked, beside other programs that do part of the same work."""
