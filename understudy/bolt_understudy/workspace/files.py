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
"""Slack's names of file types by media type; any other is `binary`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An uploaded file; `data` is None before the upload, `secret` the end of its address."""

    id: str
    name: str
    length: int
    secret: str
    title: str = ""
    data: bytes | None = None
    channel: str = ""
    """The conversation that it was shared in; "" before that."""

    @property
    def mimetype(self) -> str:
        """Return the media type, by the file's name."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def file_object(self, address: str) -> dict[str, Any]:
        """Return Slack's file object; its addresses are the local Slack's own."""
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
