"""What happens: one story each, one transaction each. The edges call these with a database."""

from bot.storage.database import Clock, Database, InDoubt

__all__ = ["Clock", "Database", "InDoubt"]
