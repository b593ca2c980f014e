"""Where a clause says that something is; not where its speaker sits: ``an official in Saada said``."""

from __future__ import annotations

from headlong.reading.lexicon.kinds import SPEAKING
from headlong.reading.meaning.discourse import Discourse
from headlong.reading.syntax.clause import Clause
from headlong.reading.syntax.phrases import Noun

__all__ = ["where_of"]


def where_of(clause: Clause, memory: Discourse) -> list[Noun]:
    """Return the groups of a clause that may say where."""
    party = memory.speaking if memory.speaking and memory.speaking.source in SPEAKING else None
    if not clause.own_report or clause.subject is None or clause.verb is None or party is None:
        return [*clause.preps, *clause.lead]
    names = memory.names
    seats = {names.leader_base[one] for one, side in names.leader_side.items() if side == party.side}
    before = [noun for noun in clause.lead if noun.start < clause.subject.start]
    return [n for n in before if not (seats | {names.capital}) & {m.id for m in n.mentions}]
