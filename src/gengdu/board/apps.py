from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Overview, measures, targets and the records behind each number."""

    name = "gengdu.board"
    label = "board"
    verbose_name = "总览"

    def ready(self) -> None:
        """Declare what the targets of the plan and the entries of the ledgers remind of."""
        from gengdu.board import entry_reminding, reminding
        from gengdu.board.improvement import reminding as task_reminding
        from gengdu.records.reminders.occasions import declare_source
        from gengdu.records.reminders.queries import OF_TARGETS

        declare_source(OF_TARGETS, reminding.targets)
        declare_source("entries", entry_reminding.entries)
        declare_source("improvement_tasks", task_reminding.tasks)
