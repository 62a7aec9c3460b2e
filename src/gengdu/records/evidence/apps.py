from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Files that prove ledger entries."""

    name = "gengdu.records.evidence"
    label = "evidence"
    verbose_name = "证明材料"
