"""Enrols a telephone, checks codes, hands out recovery codes."""

from __future__ import annotations

import secrets
from base64 import b32encode
from io import BytesIO

import segno
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from gengdu.access.models import Account

RECOVERY_CODES = 8
# Without what is easily mistaken on paper: 0 O, 1 I L.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class WrongCode(ValueError):
    """The code does not fit; the message says what to do."""


@transaction.atomic
def begin(account: Account) -> TOTPDevice:
    """Return the device that is being enrolled; the same until it is confirmed."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=account, confirmed=False, defaults={"name": "totp"}
    )
    return device


def confirm(account: Account, code: str) -> tuple[TOTPDevice, list[str]]:
    """Take the device being enrolled into use in place of any other, and make recovery codes.

    Raises:
        WrongCode: If the code is not the device's of this moment.
    """
    device = begin(account)
    if not device.verify_token(_plain(code)):
        raise WrongCode(
            "动态码不对，没有启用。动态码每 30 秒换一次，"
            "请确认手机时间准确，再输入此刻显示的 6 位数字。"
        )
    with transaction.atomic():
        TOTPDevice.objects.filter(user=account).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        return device, _new_recovery_codes(account)


def check(account: Account, code: str) -> Device:
    """Return the device that a code belongs to; a recovery code is used up by it.

    Raises:
        WrongCode: If it belongs to none, or after too many wrong ones a pause is not over.
    """
    with transaction.atomic():
        devices = _devices(account)
        for device in devices:
            if device.verify_token(_plain(code)):
                return device
        waiting = any(not device.verify_is_allowed()[0] for device in devices)
    paused = "连续输错后须稍等片刻。" if waiting else ""
    raise WrongCode(
        f"动态码或备用码不对，没有登录。{paused}请输入此刻显示的 6 位数字；"
        "手机不在身边可输入备用码，都没有请找本校校长或区管理员重设。"
    )


def _devices(account: Account) -> list[Device]:
    return [
        *TOTPDevice.objects.select_for_update().filter(user=account, confirmed=True),
        *StaticDevice.objects.select_for_update().filter(user=account, confirmed=True),
    ]


def _new_recovery_codes(account: Account) -> list[str]:
    StaticDevice.objects.filter(user=account).delete()
    device = StaticDevice.objects.create(user=account, name="recovery", confirmed=True)
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(8)) for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


@transaction.atomic
def remove(account: Account) -> None:
    """Forget every device of an account; the next log-in enrols anew."""
    TOTPDevice.objects.filter(user=account).delete()
    StaticDevice.objects.filter(user=account).delete()


def picture(device: TOTPDevice) -> str:
    """Return the QR code of a device as SVG for the page itself."""
    out = BytesIO()
    segno.make(device.config_url, error="m").save(
        out, kind="svg", border=2, xmldecl=False, svgns=False, omitsize=True
    )
    return out.getvalue().decode()


def key_as_text(device: TOTPDevice) -> str:
    """Return the key in groups of four, to be typed where no camera is at hand."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def _plain(code: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return code.replace(" ", "").replace("-", "").upper()
