"""Annual reports on open government information: the official form as data, and a checker for it."""

__version__ = "0.1.0"
