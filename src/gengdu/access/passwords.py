"""Which passwords are taken, how first passwords are made, and how one is changed."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import password_changed
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.access.signins import operations as signins

# Without what is easily mistaken on paper: 0 o, 1 i l.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
SHORTEST = 10


class LettersAndDigits:
    """Takes a password that is long enough and has letters and digits."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password that is too plain.

        Raises:
            ValidationError: If it is short, or of letters or of digits alone.
        """
        kinds = (str.isalpha, str.isdigit)
        if len(password) < SHORTEST or not all(any(map(kind, password)) for kind in kinds):
            raise ValidationError(
                _("密码太简单，没有保存。请至少写 %(shortest)s 个字符，并同时有字母和数字。")
                % {"shortest": SHORTEST},
                code="too_plain",
            )

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("至少 %(shortest)s 个字符，同时有字母和数字。") % {"shortest": SHORTEST}


class NotKnownToEverybody:
    """Refuses passwords that are printed somewhere, such as the demo's."""

    def __init__(self, known: list[str]) -> None:
        self.known = known

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a known password.

        Raises:
            ValidationError: If everybody may know it.
        """
        if password in self.known:
            raise ValidationError(
                _("这个密码是公开的示例密码，没有保存。请另写一个。"), code="known"
            )

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("不能是示例密码。")


def first_password() -> str:
    """Return a random password that is typed once, in groups that can be read out."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def change(account: Account, password: str, *, session_key: str | None) -> None:
    """Give an account the password its owner chose, and end all its other sessions."""
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    password_changed(password, account)
    signins.end_all(account.pk, but=session_key)
