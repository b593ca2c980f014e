"""From a news text to draft reports for a person to review, with warnings; nothing is believed unchecked.

Rooms, each knowing only those before it:

lexicon   tokens, the word tables in ``words/``, and the names of a case in every spelling (gazetteer, aliases)
text      decode bytes of any kind to plain text; sentences, headline, dateline; dates, absolute and relative
syntax    what each word does, names also misspelt, groups of words, lists, clauses and their subjects
meaning   who speaks, what "the city" and "they" mean, asserted or feared, frames of verbs and nouns into events
claims    an event with its speaker, day, verification and interest; persons; each claim of each source one row
flags     contradictions, wrong places, role swaps, wrong sides, impossible dates, damaged sentences
output    reports.csv and plain lines for a terminal
trained   a small network that drafts in the place of the rules
reader    the order of all this
drafter   a language model drafts, by a server or by hand; what it says is checked
api       reading a text from Python, by any of these

No rule is written for one text or war.
"""
