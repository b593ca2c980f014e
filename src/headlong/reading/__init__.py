"""READING: from a news text to draft reports for a person to review, with warnings; nothing is believed unchecked.

decode      bytes of any kind to plain text              sentences   headline, paragraphs, datelines, numbers
tokens      words and signs                              names       every spelling in the case
mentions    names in a sentence, also misspelt           dates       absolute and relative
tags        what each word does                          chunks      who, what is done, signs between
clauses     one verb each, and what governs it           roles       what a group of words stands for
sources     who speaks                                   communique  texts that one party puts out
stance      asserted, denied, feared, past               remembering what a clause leaves in mind
events      frames of verbs and nouns                    timing      which date belongs to which claim
people      unnamed leaders                              weigh       verification and interest
rows        each claim of each source once               flags       contradictions, mismatches, swaps, dates, damage
reader      the order of all this                        drafts      reports.csv

The word tables are in ``words/``; no rule is written for one text or war.
"""
