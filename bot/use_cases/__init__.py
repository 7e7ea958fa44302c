"""Use cases that several features share: one transaction each, called with a database."""

from bot.storage.database import Clock, Database, InDoubt

__all__ = ["Clock", "Database", "InDoubt"]
