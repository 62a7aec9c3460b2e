"""Surveys by questionnaire (问卷调查): whom to ask, one-time codes, answers, what they come to."""
