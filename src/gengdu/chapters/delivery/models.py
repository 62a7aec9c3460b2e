"""Lets Django find the tables of this chapter's measures; holds nothing else."""

from gengdu.chapters.delivery.evaluation.models import *
from gengdu.chapters.delivery.evaluation.surveys.models import *
from gengdu.chapters.delivery.research_projects.models import *
from gengdu.chapters.delivery.task_ledger.models import *
