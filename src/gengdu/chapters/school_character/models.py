"""Lets Django find the tables of this chapter's measures; holds nothing else."""

from gengdu.chapters.school_character.curriculum.models import *
from gengdu.chapters.school_character.out_of_school.models import *
