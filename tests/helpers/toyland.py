# ruff: noqa: E501
"""A small case, invented, with every table."""

from pathlib import Path

SIDES = """[[sides]]
id = "crown"
name = "The Crown"
role = "incumbent"

[[sides]]
id = "guild"
name = "The Guild"
role = "insurgent"
"""
"""The two sides of every invented war."""

SMALL = {
    "case.toml": f"""id = "toyland"
title = "Toyland"
start = 2031-01-01
end = 2031-03-31
init = 2031-02-01

{SIDES}
[[sides]]
id = "hill"
name = "Hill people"
role = "third"
""",
    "places.csv": """id,name,alt_names,kind,region,country,lat,lon,population,held_by,airfield,note,source,confidence
alpha,Alpha,Alfa;Alef,capital,Low,TOY,10.0,20.0,900000,crown,yes,,atlas,high
beta,Beta,,town,Low,TOY,10.5,20.5,,guild,,,atlas,low
gate,Gate,,crossing,High,TOY,11.0,21.0,5000,crown,no,,atlas,medium
haven,Haven,,refuge,Abroad,LND,11.1,21.2,,,,,atlas,medium
""",
    "roads.csv": """from,to,distance_km,class,note,source,confidence
alpha,beta,90.5,highway,,atlas,high
beta,gate,80,track,,atlas,low
gate,haven,40,primary,,atlas,medium
""",
    "leaders.csv": """id,name,role,side,base,clients,in_office,feud_with_centre,known_from,known_until,reason,source,confidence
lord,Lord,chief minister,crown,alpha,alpha;gate,yes,0.2,,2031-02-10,,chronicle,high
smith,Smith,master,guild,beta,,no,,2031-01-15,,,chronicle,low
""",
    "garrisons.csv": """side,place,unit,leader,kind,nominal,effective_low,effective_high,known_from,note,source,confidence
crown,alpha,Guard,lord,army,1000,400,800,,,chronicle,low
guild,beta,Band,smith,militia,,100,300,2031-01-20,,chronicle,low
""",
    "patrons.csv": """patron,side,announced_on,from,level,reason,source,confidence
Far Land,crown,2030-12-01,2031-01-01,0.8,pays,gazette,low
Far Land,crown,2031-02-05,2031-03-01,0.1,leaves,gazette,low
""",
    "crossings.csv": """place,to,from,policy,capacity_per_day,reason,source,confidence
gate,haven,,open,500,,gazette,low
gate,haven,2031-02-15,closed,,shut,gazette,low
""",
    "reports.csv": """id,published_at,event_date,place,claim,side,leader,count,polarity,source_class,verification,interest,origin,outlet,url,words,note,source,confidence
r1,2031-01-10,2031-01-09,beta,fell,guild,,,asserted,agency,confirmed,none,Wire,Wire,,taken,,Wire,high
r2,2031-02-20T18:30+02:00,,gate,fell,guild,lord,,denied,official,denied,own_success,Court,Wire,,not so,,Wire,high
""",
    "relations.csv": """from,side,other,presses,reason,source,confidence
2031-02-01,guild,hill,yes,quarrel,chronicle,low
""",
    "hinterland.csv": """published_on,side,place,distance_km,reason,source,confidence
2031-01-05,guild,,40,counts,chronicle,low
""",
    "history.csv": """place,earliest,latest,from_side,to_side,mode,note,source,confidence
beta,2031-01-20,2031-01-21,guild,crown,fight,,Wire,high
gate,2031-02-25,2031-02-25,crown,guild,negotiated,,Wire,high
""",
    "repulses.csv": """place,date,attacker,defender,note,source,confidence
alpha,2031-02-03,guild,crown,,Wire,high
""",
    "displacement.csv": """date,from_place,to_place,kind,count,count_high,unit,note,source,confidence
2031-02-26,gate,haven,civilians,300,400,people,,Wire,low
""",
    "scenarios.toml": """[calm]
title = "All quiet"
what = "Support stays as in January."
judgement = "All of it."
support = "as-on:2031-01-31"
leaders_stay = ["lord"]
amnesty = 0.5
crossings = { gate = "closed" }
ghost_share = 0.0
""",
}


def write_case(folder, changes=None, base=SMALL):
    """Write a case folder from a dict of texts or bytes; None leaves a file out."""
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    for file, text in {**base, **(changes or {})}.items():
        if text is not None:
            (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
