# ruff: noqa: E501
"""A small case and a small facts folder, both invented."""

import pytest
from toyland import SMALL, write_case


@pytest.fixture
def write(tmp_path):
    """Write a case folder from a dict of texts or bytes; None leaves a file out."""

    def write(changes=None, base=SMALL, name="toyland"):
        return write_case(tmp_path / name, changes, base)

    return write


@pytest.fixture
def small():
    """Return the texts of the small case."""
    return dict(SMALL)


FACTS = {
    "case.json": """{"id": "moorland", "title": "Moorland war", "window_start": "2031-01-01",
 "window_end": "2031-04-30", "as_of": "2031-02-01", "doubts": ["Dates in falls.csv are rough."],
 "sides": [{"id": "crown", "name": "Crown of Moorland", "role": "incumbent"},
  {"id": "guild", "name": "Guild", "role": "insurgent"}, {"id": "hill", "name": "Hill folk", "role": "third"},
  {"id": "farland", "name": "Farland", "role": "patron"}, {"id": "isle", "name": "Isle", "role": "patron"}]}""",
    "places.csv": """id,name,kind,province,country,lat,lon,population,held_by_at_start,source,confidence,note
alpha,Alpha,capital,Low,MOR,10.0,20.0,900000,crown,atlas,high,
beta,Beta,provincial_capital,Low,MOR,10.5,20.5,40000,crown,atlas,high,passed to the guild in February
gamma,Gamma,town,Low,MOR,10.7,20.9,,neutral,atlas,low,
gate,Gate,crossing,High,MOR,11.0,21.0,,crown,atlas,medium,
haven,Haven,refuge,Abroad,LND,11.1,21.2,,other,atlas,medium,
""",
    "roads.csv": """from,to,distance_km,class,source,confidence,note
alpha,beta,95,highway,atlas,medium,
beta,gamma,70,secondary,atlas,medium,
gamma,gate,50,track,atlas,low,
gate,haven,40,primary,atlas,medium,
""",
    "falls.csv": """place_id,date,from_side,to_side,mode,note,source,confidence
beta,2031-02-10,crown,guild,abandoned,garrison left,Wire (11 Feb 2031) wire.example,high
gamma,2031-02-20,neutral,guild,unopposed,,general reference (unverified),low
beta,2031-03-05,guild,farland,fight,,Wire (20 Mar 2031) wire.example,medium
alpha,,crown,,,held,Wire (1 May 2031),high
""",
    "falls_after_window.csv": """place_id,date,from_side,to_side,mode,note,source,confidence
gate,2031-05-02,crown,guild,fight,,Wire (3 May 2031) wire.example,high
""",
    "forces.csv": """side,unit,commander,place_id,nominal_strength,estimated_effective_strength,source,confidence,note
crown,Crown army total,Ann Bold,alpha,9000,5000,atlas,low,
crown,Beta garrison,Cid Grey,beta,500,300,atlas,low,gave up in February 2031
guild,"Guild, March 2031",Dan Smith,beta,,800,atlas,low,
guild,Gamma band,Dan Smith,gamma,300,200,atlas,low,
farland,Legion,,alpha,700,700,atlas,high,
""",
    "leaders.csv": """name,role,side,base,outcome,date,source,confidence,note
Ann Bold,President to 3 March 2031,crown,alpha,fled,2031-03-03,Wire,high,left by air
Cid Grey,Governor of Beta,crown,beta,surrendered,2031-02-10,Wire,high,gave up on 10 February
Eve Moon,Prime Minister (from 3 March),crown,alpha,stayed,2031-03-03,Wire,high,
Dan Smith,Guild master,guild,beta,stayed,2031-04-01,Wire,high,
Far Envoy,Envoy,farland,alpha,stayed,2031-04-01,Wire,high,
""",
    "reports.csv": """report_id,published,event_date,place_id,claim_paraphrase,attributed_to,verification_status,contradicts,source,confidence
r1,2031-02-09,2031-02-09,beta,The guild has taken Beta,Guild spokesman,early by a day,r2,Wire (9 Feb 2031),high
r2,2031-02-09,2031-02-09,beta,Army holds Beta,army,true then,r1,Wire (9 Feb 2031),high
r3,2031-02-12,2031-02-12,alpha,Alpha will be next,Guild spokesman,wrong,,Wire (12 Feb 2031),high
""",
    "timeline.csv": """date,category,actor,event,source,confidence
2031-01-05,military,guild,Rising begins,Wire,high
""",
    "repulses.csv": """place_id,date,attacker,defender,source,confidence
alpha,2031-03-01,guild,crown,Wire,high
""",
}


@pytest.fixture
def facts(tmp_path):
    """Write a facts folder; None leaves a file out."""

    def facts(changes=None, name="moorland"):
        folder = tmp_path / "facts" / name
        folder.mkdir(parents=True)
        for file, text in {**FACTS, **(changes or {})}.items():
            if text is not None:
                (folder / file).write_text(text, encoding="utf-8")
        return folder

    return facts


@pytest.fixture
def fact_texts():
    """Return the texts of the small facts folder."""
    return dict(FACTS)
