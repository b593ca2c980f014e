"""One member of 400 places and 200 days in Mesa, the usual framework: CPU time of each of some runs, one a line.

    yes | PYTHON_WITH_MESA benchmarks/mesa_member.py PLACES DAYS

The plain model that its documents teach, and far less than ours: on a net of roads every place adds up the strength of
its neighbours by side, weighs it against its own, and by a logit stays, yields, calls for help or strikes out; all at
once, each day written down. `benchmarks/speed.py --mesa PYTHON_WITH_MESA` runs it in turn with Headlong. Needs mesa 3.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from typing import Any


def country() -> Any:
    """The model; Mesa is asked for only here."""
    import mesa
    import networkx
    from mesa.discrete_space import FixedAgent, Network

    class Place(FixedAgent):
        """A place that one of three sides holds."""

        def __init__(self, model: Any, cell: Any) -> None:
            super().__init__(model)
            self.cell = cell
            self.side = self.next_side = int(model.random.random() < 0.2)
            self.strength = model.random.lognormvariate(5.0, 0.5)

        def look(self) -> None:
            """Decide by what the neighbours are."""
            force = [0.0, 0.0, 0.0]
            force[self.side] += self.strength
            for cell in self.cell.neighborhood:
                for other in cell.agents:
                    force[other.side] += 0.5 * other.strength
            rival = max((s for s in range(3) if s != self.side), key=force.__getitem__)
            balance = math.log((force[self.side] + 1.0) / (force[rival] + 1.0))
            stays, yields = math.exp(balance), math.exp(-2.0 - balance)
            luck = self.model.random.random() * (stays + yields + math.exp(-1.0) + math.exp(-3.0)) - stays
            if 0.0 <= luck < yields and force[rival] > 0.0:
                self.next_side = rival
            elif luck >= yields:
                self.strength *= 1.01 if luck < yields + math.exp(-1.0) else 0.9

        def act(self) -> None:
            """Let it happen."""
            self.side = self.next_side

    class Country(mesa.Model):
        """Places on a net of roads with about four roads each."""

        def __init__(self, places: int, seed: int) -> None:
            super().__init__(seed=seed)
            reach = math.sqrt(4.2 / (math.pi * places))
            net = networkx.random_geometric_graph(places, reach, seed=seed)
            self.grid = Network(net, capacity=1, random=self.random)
            for cell in self.grid.all_cells:
                Place(self, cell)
            reporters = {"held": lambda model: sum(agent.side == 0 for agent in model.agents)}
            self.held = mesa.DataCollector(model_reporters=reporters)

        def step(self) -> None:
            """One day."""
            self.agents.do("look")
            self.agents.do("act")
            self.held.collect(self)

    return Country


def main() -> None:
    """Print the CPU time of a run for each line that is read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("places", "days"):
        parser.add_argument(name, type=int)
    asked, made = parser.parse_args(), country()
    for seed, _ in enumerate(sys.stdin):
        model = made(asked.places, seed)
        began = time.process_time()
        for _ in range(asked.days):
            model.step()
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    main()
