"""Lets Django find the tables of this chapter's measures; holds nothing else."""

from gengdu.chapters.moral_education.campus_titles.models import *
from gengdu.chapters.moral_education.family_education.models import *
from gengdu.chapters.moral_education.school_plans.models import *
