"""A language model drafts, the program checks, a person confirms.

schema      what an answer holds, and its JSON schema
candidates  the ids that an answer may use: sides, leaders, places with holders; the calendar
request     one text that carries everything: the coding rules, examples, ids, numbered sentences, schema
answer      what came back, fences and chatter around it, into a list of rows and flags
days        the day that the words for a date come to
check       every row against the text and the case: kept, mended with a note, or failed with a reason
opinion     the rules as second opinion: rows marked model, both, differ; rows and flags of the rules alone
endpoint    any server that speaks the OpenAI protocol: loopback unless a host is allowed, tries bounded
drafting    the order of all this
review      a person's decisions on rows: accept, edit, reject

The rules in our own words and the examples are in ``coding/``.
"""
