"""Lets Django find the tables of this chapter's measures; holds nothing else."""

from gengdu.chapters.school_conditions.digital_campus.models import *
from gengdu.chapters.school_conditions.kindergartens.models import *
from gengdu.chapters.school_conditions.school_siting.models import *
from gengdu.chapters.school_conditions.school_standards.models import *
