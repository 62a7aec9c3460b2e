"""Entry point of the web server; it computes the first page before anybody asks for it."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gengdu.site.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    from django.db import connection
    from django.utils import timezone

    from gengdu.analytics.run import Moment
    from gengdu.board import queries
    from gengdu.records.models import last_day_of_sample

    try:
        queries.statuses(Moment(last_day_of_sample() or timezone.localdate()))  # noqa: TID251
    finally:
        connection.close()


threading.Thread(target=_warm_up, daemon=True).start()
