"""Lets Django find the tables of this chapter's measures; holds nothing else."""

from gengdu.chapters.workforce.principals.models import *
from gengdu.chapters.workforce.staffing.models import *
from gengdu.chapters.workforce.teacher_development.models import *
from gengdu.chapters.workforce.teacher_welfare.models import *
