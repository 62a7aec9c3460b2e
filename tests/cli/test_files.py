"""What the command line says of the files that prove entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from gengdu import cli
from gengdu.records.evidence import stores
from gengdu.records.evidence.models import StoredFile, Upload
from tests import evidence, files
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])


@pytest.fixture(autouse=True)
def _own_places(tmp_path: Path) -> Iterator[None]:
    places = {"FILES": tmp_path / "files", "UPLOADS": tmp_path / "uploads"}
    with evidence.declared(), override_settings(**places):
        yield


def test_whole_files_are_said_to_be_whole(
    district: World, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence.sent(district.li, "方案.pdf", files.pdf())

    cli.main(["files", "check"])

    assert "核对了 1 个文件，全部完好" in capsys.readouterr().out


def test_a_lost_file_ends_with_its_name_and_what_to_do(
    district: World, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    upload = evidence.sent(district.li, "方案.pdf", files.pdf())
    assert upload.file is not None
    stores.chosen().remove(upload.file.kept_digest)

    with pytest.raises(SystemExit) as ended:
        cli.main(["files", "check"])

    said = capsys.readouterr()
    assert ended.value.code == 2
    assert upload.file.kept_digest in said.out
    assert "丢失 1 个" in said.err
    assert "备份" in said.err


def test_what_nobody_used_is_swept(
    district: World, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence.sent(district.li, "方案.pdf", files.pdf())
    long_ago = evidence.AT - timedelta(days=400)
    Upload.objects.update(created_at=long_ago)
    StoredFile.objects.update(made_at=long_ago)

    cli.main(["files", "sweep"])

    assert "已清理 2 个" in capsys.readouterr().out
    assert not StoredFile.objects.exists()
