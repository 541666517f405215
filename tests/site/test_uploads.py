"""Where uploads lie while they arrive."""

from pathlib import Path

from django.conf import LazySettings
from django.core.files.uploadedfile import TemporaryUploadedFile

from starostwo.site.web import take_uploads_in


def test_what_a_killed_server_left_is_gone_and_new_uploads_lie_there(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = None
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "left.upload.pdf").write_bytes(b"somebody's scan")

    take_uploads_in(folder)
    with TemporaryUploadedFile("pismo.pdf", "application/pdf", 0, None) as arriving:
        assert list(folder.iterdir()) == [Path(arriving.temporary_file_path())]

    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o077 == 0
