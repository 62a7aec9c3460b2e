"""The questionnaire as it is answered: public, by a one-time code."""
