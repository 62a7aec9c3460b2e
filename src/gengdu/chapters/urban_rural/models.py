"""Lets Django find the tables of this chapter's measures; holds nothing else."""

from gengdu.chapters.urban_rural.school_partnerships.models import *
from gengdu.chapters.urban_rural.teaching_research.models import *
from gengdu.chapters.urban_rural.township_pilots.models import *
