import mimetypes
from dataclasses import dataclass
from typing import Any

FILE_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/zip": "zip",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/csv": "csv",
    "text/html": "html",
    "text/markdown": "markdown",
    "text/plain": "text",
}
"""Slack's word for a kind of file, by its media type; `binary` is any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that an app uploads; `data` is None until it came, `secret` the end of its address."""

    id: str
    name: str
    length: int
    secret: str
    title: str = ""
    data: bytes | None = None
    channel: str = ""
    """The conversation that it was shared in; empty until then."""

    @property
    def mimetype(self) -> str:
        """Its media type, from its name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def file_object(self, address: str) -> dict[str, Any]:
        """Slack's file object; its addresses are the local Slack's own."""
        url = f"{address}/files/{self.id}/{self.name}"
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": FILE_TYPES.get(self.mimetype, "binary"),
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "url_private": url,
            "url_private_download": url,
        }
