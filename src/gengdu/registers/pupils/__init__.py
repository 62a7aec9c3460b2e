"""Pupils and where they were enrolled, year by year; keeper: the pupil-registration section."""
