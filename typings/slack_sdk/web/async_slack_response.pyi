# The part of an answer that is used; the SDK's own types leave out what its dictionaries hold.

from collections.abc import Mapping
from typing import Any

class AsyncSlackResponse:
    data: object
    headers: Mapping[str, str]
    status_code: int
    def __getitem__(self, key: str) -> Any: ...
    def __contains__(self, key: str) -> bool: ...
    def get(self, key: str, default: Any = None) -> Any: ...
