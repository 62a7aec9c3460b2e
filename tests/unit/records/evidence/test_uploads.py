"""Files come in piece by piece, over lines that drop, and tell nobody what others have."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from gengdu.documents.limits import Refused
from gengdu.records.evidence import filing, operations, stores, uploads
from gengdu.records.evidence.limits import Limits
from gengdu.records.evidence.models import StoredFile, Upload, UploadState
from gengdu.records.evidence.operations import Given
from tests import evidence, files
from tests.evidence import AT, ON, begun, by, sent
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "trail"])

PHOTO = files.photo()
PDF = files.pdf()


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_a_file_in_pieces_is_stored_as_it_was_sent(district: World, db: None) -> None:
    upload = begun(district.li, "方案.pdf", PDF)

    for at in range(0, len(PDF), 100):
        assert uploads.receive(upload, at, [PDF[at : at + 100]]) == min(at + 100, len(PDF))
    stored = uploads.finish(upload, on=ON, at=AT)

    assert (stored.digest, stored.kept_digest) == (digest(PDF), digest(PDF))
    assert (stored.kind, stored.media_type, stored.pages) == ("pdf", "application/pdf", 2)
    assert b"".join(stores.chosen().read(stored.kept_digest)) == PDF
    assert not uploads.folder(upload).exists()


def test_a_piece_sent_again_changes_nothing(district: World, db: None) -> None:
    upload = begun(district.li, "方案.pdf", PDF)

    uploads.receive(upload, 0, [PDF[:300]])
    uploads.receive(upload, 0, [PDF[:300]])
    uploads.receive(upload, 100, [PDF[100:400]])
    uploads.receive(upload, 400, [PDF[400:]])

    assert uploads.finish(upload, on=ON, at=AT).digest == digest(PDF)


def test_a_gap_is_refused_with_the_place_that_is_wanted(district: World, db: None) -> None:
    upload = begun(district.li, "方案.pdf", PDF)
    uploads.receive(upload, 0, [PDF[:300]])

    with pytest.raises(uploads.Gap) as gap:
        uploads.receive(upload, 400, [PDF[400:]])

    assert gap.value.wanted == 300
    assert uploads.received(upload) == 300


def test_what_came_before_the_line_dropped_is_kept(district: World, db: None) -> None:
    def dropping() -> Iterator[bytes]:
        yield PDF[:120]
        raise ConnectionError

    upload = begun(district.li, "方案.pdf", PDF)
    with pytest.raises(ConnectionError):
        uploads.receive(upload, 0, dropping())

    again = uploads.find(upload.public_id, district.li)
    assert again is not None
    assert uploads.received(again) == 120
    uploads.receive(again, 120, [PDF[120:]])
    assert uploads.finish(again, on=ON, at=AT).digest == digest(PDF)


def test_more_than_was_announced_is_refused(district: World, db: None) -> None:
    upload = begun(district.li, "方案.pdf", PDF)

    with pytest.raises(Refused, match="还多"):
        uploads.receive(upload, 0, [PDF, b"more"])


def test_what_is_not_whole_cannot_be_finished(district: World, db: None) -> None:
    upload = begun(district.li, "方案.pdf", PDF)
    uploads.receive(upload, 0, [PDF[:-1]])

    with pytest.raises(uploads.NotWhole):
        uploads.finish(upload, on=ON, at=AT)

    assert not StoredFile.objects.exists()


def test_finished_twice_it_is_the_same_file(district: World, db: None) -> None:
    upload = sent(district.li, "方案.pdf", PDF)

    assert uploads.finish(upload, on=ON, at=AT) == upload.file
    assert StoredFile.objects.count() == 1


def test_a_refusal_stays_and_nothing_of_the_file_does(district: World, db: None) -> None:
    upload = begun(district.li, "照片.jpg", b"MZ" + bytes(100))
    uploads.receive(upload, 0, [b"MZ" + bytes(100)])

    for _time in range(2):
        with pytest.raises(Refused, match="程序"):
            uploads.finish(upload, on=ON, at=AT)

    upload.refresh_from_db()
    assert upload.state == UploadState.REFUSED
    assert not uploads.folder(upload).exists()
    assert list(stores.chosen().all_keys()) == []


def test_bytes_other_than_announced_are_refused(district: World, db: None) -> None:
    upload = begun(district.li, "方案.pdf", PDF, digest=digest(PHOTO))
    uploads.receive(upload, 0, [PDF])

    with pytest.raises(Refused, match="不一致"):
        uploads.finish(upload, on=ON, at=AT)


def test_one_file_sent_by_two_is_stored_once(district: World, db: None) -> None:
    first, second = (sent(account, "a.jpg", PHOTO) for account in (district.li, district.zhao))

    assert first.file == second.file
    assert StoredFile.objects.count() == 1
    assert len(list(stores.chosen().all_keys())) == 2  # and its small picture


def test_nobody_learns_by_a_digest_that_others_have_a_file(district: World, db: None) -> None:
    proof = sent(district.zhao, "a.jpg", PHOTO)
    operations.attach(
        evidence.plan_of(district.zhao_school), [Given.of_upload(proof)], by(district.zhao)
    )

    stranger = begun(district.li, "a.jpg", PHOTO, digest=digest(PHOTO))
    keeper = begun(district.zhao, "a.jpg", PHOTO, digest=digest(PHOTO))
    above = begun(district.wang, "a.jpg", PHOTO, digest=digest(PHOTO))

    assert (stranger.state, stranger.file) == (UploadState.OPEN, None)
    assert (keeper.state, keeper.file) == (UploadState.DONE, proof.file)
    assert (above.state, above.file) == (UploadState.DONE, proof.file)


def test_place_and_time_of_a_photo_are_offered(district: World, db: None) -> None:
    taken = files.photo(at=(37.345, 122.31), taken=AT.replace(tzinfo=None))

    upload = sent(district.li, "家访.jpg", taken)

    assert upload.taken_at is not None
    assert upload.taken_at == datetime(2025, 12, 31, 1, tzinfo=UTC)
    assert upload.latitude == pytest.approx(37.345, abs=1e-5)


def test_what_the_browser_read_before_it_shrunk_a_photo_is_offered(
    district: World, db: None
) -> None:
    told = {"at": "2025-12-30T08:30:00", "latitude": 37.3, "longitude": 122.3}

    upload = sent(district.li, "家访.jpg", PHOTO, taken=told)

    assert upload.taken_at is not None
    assert upload.taken_at == datetime(2025, 12, 30, 0, 30, tzinfo=UTC)
    assert (upload.latitude, upload.longitude) == (37.3, 122.3)


@pytest.mark.parametrize(
    "told",
    [
        {"at": "yesterday", "latitude": "x", "longitude": None},
        {"at": "0000-00-00", "latitude": 91, "longitude": 181},
        {"at": [], "latitude": True, "longitude": float("nan")},
    ],
)
def test_nonsense_of_a_browser_is_left_out(told: dict[str, Any]) -> None:
    assert set(uploads.taken_of(told).values()) == {None}


@pytest.mark.parametrize(
    ("name", "size", "word"),
    [
        ("照片.heic", 10, "兼容性最佳"),
        ("工具.exe", 10, "“.exe”"),
        ("材料.zip", 10, "解压"),
        ("表.xlsm", 10, "带宏"),
        ("说明", 10, "没有后缀"),
        ("空.pdf", 0, "0 字节"),
        ("照片.jpg", 21 * 2**20, "最多 20 MB（系统设置）"),
        ("方案.pdf", 51 * 2**20, "最多 50 MB（系统设置）"),
        ("课堂.mp4", 501 * 2**20, "最多 500 MB（系统设置）"),
    ],
)
def test_what_its_name_or_size_rules_out_is_not_even_begun(
    district: World, db: None, name: str, size: int, word: str
) -> None:
    announced = uploads.Announced(evidence.PLANS.key, name, size)

    with pytest.raises(Refused, match=word):
        uploads.begin(announced, account=district.li, viewer=by(district.li).viewer, on=ON, at=AT)

    assert not Upload.objects.exists()


def test_an_account_has_so_many_uploads_under_way_and_no_more(district: World, db: None) -> None:
    for number in range(Limits.on(ON).open_uploads):
        begun(district.li, f"{number}.pdf", PDF)

    with pytest.raises(uploads.TooMany, match="30 个"):
        begun(district.li, "再一个.pdf", PDF)
    begun(district.zhao, "别人的.pdf", PDF)


def test_an_upload_belongs_to_whoever_began_it(district: World, db: None) -> None:
    upload = begun(district.li, "方案.pdf", PDF)

    assert uploads.find(upload.public_id, district.li) == upload
    assert uploads.find(upload.public_id, district.wang) is None


def test_what_nobody_finished_or_used_is_swept_and_the_rest_stays(
    district: World, db: None
) -> None:
    used = sent(district.li, "用上.jpg", PHOTO)
    operations.attach(
        evidence.plan_of(district.li_school), [Given.of_upload(used)], by(district.li)
    )
    sent(district.li, "没用上.pdf", PDF)
    begun(district.li, "没传完.pdf", PDF)
    orphan = Path(settings.UPLOADS) / "gone"
    orphan.mkdir()

    uploads.sweep(on=ON, at=AT + timedelta(days=6))
    assert Upload.objects.count() == 3
    uploads.sweep(on=ON, at=AT + timedelta(days=8))

    assert list(StoredFile.objects.values_list("digest", flat=True)) == [digest(PHOTO)]
    assert not Upload.objects.exists()
    found = filing.check()
    assert (found.files, found.missing, found.spoilt) == (1, (), ())


def test_a_check_names_what_is_missing_spoilt_and_of_nobody(district: World, db: None) -> None:
    lost, spoilt = (sent(district.li, f"{n}.pdf", files.pdf(n)).file for n in (1, 2))
    assert lost is not None
    assert spoilt is not None
    store = stores.chosen()
    store.remove(lost.kept_digest)
    with store.local(spoilt.kept_digest) as path:
        path.write_bytes(b"rot")
    stray = files.put(Path(settings.UPLOADS), "stray", b"stray")
    store.put(digest(b"stray"), stray)

    found = filing.check()

    assert found.missing == (lost.kept_digest,)
    assert found.spoilt == (spoilt.kept_digest,)
    assert found.unnamed == (digest(b"stray"),)
    assert not found.is_whole


# On PostgreSQL the trail refuses to be emptied after a test that commits.
@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True, databases=["default", "trail"])
def test_pieces_that_come_at_once_are_taken_one_after_the_other(district: World) -> None:
    body = bytes(range(256)) * 4_000
    upload = begun(district.li, "课堂.mp4", body)
    steps = [body[at : at + 1000] for at in range(0, len(body), 1000)]

    def send() -> None:
        own = Upload(pk=upload.pk, public_id=upload.public_id, size=upload.size)
        own.refresh_from_db = lambda *a, **k: None  # type: ignore[method-assign]
        for number, piece in enumerate(steps):
            uploads.receive(own, number * 1000, [piece])

    both = [threading.Thread(target=send) for _ in range(3)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert (uploads.folder(upload) / "part").read_bytes() == body
    uploads.drop(upload)
