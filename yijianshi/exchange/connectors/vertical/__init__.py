"""Vertical systems of ministries and provinces (国垂、省垂系统): theirs is the process, theirs are the names and codes."""
