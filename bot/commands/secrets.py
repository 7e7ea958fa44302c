"""`undersigned secrets new`."""

from cryptography.fernet import Fernet


def new_key() -> None:
    """Print a new key for SECRET_KEYS."""
    print(Fernet.generate_key().decode())
