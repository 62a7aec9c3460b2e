"""E-mail against a stand-in for a mail server on this machine."""

from __future__ import annotations

import socket
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from gengdu.records.reminders.senders.base import Address, Item, Message, NotSent
from gengdu.records.reminders.senders.email import EmailSender
from gengdu.site import letters
from tests.unit.records.reminders.gateway import MailServer, taking_mail

AT = datetime.fromisoformat("2025-12-08T08:30:00+08:00")
MESSAGE = Message(
    Address("李校长", "li@example.gov.cn"), "耕读提醒：1 项", "耕读提醒 2025-12-08：1 项",
    (Item("一校一案尚未提交", "https://g.example/a/"),), "https://g.example/reminders/", AT,
)  # fmt: skip


def send(mail: MailServer, message: Message = MESSAGE) -> str:
    found = letters.from_url(f"smtp://127.0.0.1:{mail.port}/?from=gengdu@example.gov.cn")
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, **found):
        return EmailSender().send(message)


def refused(mail: MailServer) -> NotSent:
    with pytest.raises(NotSent) as error:
        send(mail)
    return error.value


def test_a_letter_arrives_with_its_links() -> None:
    with taking_mail() as mail:
        answer = send(mail)

    letter = message_from_bytes(mail.letters[0].encode())
    assert str(make_header(decode_header(letter["Subject"]))) == "耕读提醒：1 项"
    assert (letter["From"], letter["To"]) == ("gengdu@example.gov.cn", "li@example.gov.cn")
    text = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "1. 一校一案尚未提交\nhttps://g.example/a/" in text
    assert answer == "邮件服务器已接收"


@pytest.mark.parametrize(
    ("how", "is_final"),
    [
        ({"to_recipient": "550 no such user"}, True),
        ({"to_recipient": "450 mailbox busy"}, False),
        ({"to_letter": "554 spam"}, True),
        ({"to_letter": "451 try later"}, False),
    ],
)
def test_what_the_server_says_decides_whether_to_come_again(
    how: dict[str, Any], is_final: bool
) -> None:
    with taking_mail(**how) as mail:
        error = refused(mail)

    assert (error.is_final, error.is_unsure) == (is_final, False)


def test_a_line_that_breaks_after_the_letter_leaves_it_open() -> None:
    with taking_mail(hangs_up_after_letter=True) as mail:
        error = refused(mail)

    assert error.is_unsure
    assert "可能已送达" in str(error)


def test_a_server_that_is_not_there_has_surely_not_taken_it() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = MailServer(port=free.getsockname()[1])

    error = refused(nobody)

    assert (error.is_final, error.is_unsure) == (False, False)


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://mail.example/?from=a@b.cn", "mail.example", 25, False, False),
        ("smtp+tls://mail.example/?from=a@b.cn", "mail.example", 587, True, False),
        ("smtps://u:p@mail.example:994/?from=a@b.cn", "mail.example", 994, False, True),
    ],
)
def test_an_address_says_where_and_how(
    url: str, host: str, port: int, tls: bool, ssl: bool
) -> None:
    found = letters.from_url(url)

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example/?from=a@b.cn",
        "smtps://mail.example/",
        "smtps://mail.example/?from=nobody",
        "smtps://mail.example:x/?from=a@b.cn",
        "smtps:///?from=a@b.cn",
        "smtps://mail.example/?from=a@b.cn&tls=1",
    ],
)
def test_a_wrong_address_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        letters.from_url(url.replace("//", "//user:s3cret@", 1))

    assert "GENGDU_EMAIL_URL" in str(error.value)
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("text", ["gengdu.example.gov.cn", "ftp://x", "https://", "https://x/?a=1"])
def test_an_address_of_the_site_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="GENGDU_ADDRESS"):
        letters.address(text)
