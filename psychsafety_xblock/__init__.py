"""Team session and anonymous wall: an Open edX plugin for exercises on psychological safety."""

__version__ = "0.1.0"
