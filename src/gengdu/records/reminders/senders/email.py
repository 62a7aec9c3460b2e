"""Sends messages by e-mail, over the server that GENGDU_EMAIL_URL names."""

from __future__ import annotations

import smtplib
from contextlib import suppress

from django.core import mail
from django.core.mail import EmailMessage

from gengdu.records.reminders.senders.base import Message, NotSent


class EmailSender:
    """Sends each message as plain text."""

    def send(self, message: Message) -> str:
        """Send the message.

        Only what the server answered counts as refused. A connection that breaks after the message
        was handed over leaves it open whether it arrived.
        """
        letter = EmailMessage(message.title, message.plain(), to=[message.to.email])
        connection = mail.get_connection()
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError as error:
            raise NotSent(
                f"邮件服务器不认用户名或密码（{error.smtp_code}）", is_final=True
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"连不上邮件服务器（{_short(error)}）", is_final=False) from None
        try:
            connection.send_messages([letter])
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            raise NotSent(f"邮件服务器不收这个邮箱（{code}）", is_final=_is_final(code)) from None
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
            raise NotSent(f"邮件服务器拒收（{code}）", is_final=_is_final(code)) from None
        except (smtplib.SMTPException, OSError) as error:
            reason = f"发信途中连接断开（{_short(error)}），可能已送达"
            raise NotSent(reason, is_final=True, is_unsure=True) from None
        finally:
            _close(connection)
        return "邮件服务器已接收"


def _is_final(code: int) -> bool:
    """Tell whether a server's answer is for good; 4xx asks to come again later."""
    return code >= 500


def _close(connection: object) -> None:
    # The answer to the message is in; how the line is put down does not matter.
    with suppress(smtplib.SMTPException, OSError):
        connection.close()  # type: ignore[attr-defined]


def _short(error: Exception) -> str:
    return type(error).__name__
