"""Lets Django find the tables of this chapter's measures; holds nothing else."""

from gengdu.chapters.inclusion.vulnerable_children.models import *
