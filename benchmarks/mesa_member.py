"""One member of 400 places and 200 days in Mesa, the usual framework: CPU time of each of some runs, one a line.

    PYTHON_WITH_MESA benchmarks/mesa_member.py PLACES DAYS RUNS

The plain model that its documents teach, and far less than ours: on a net of roads every place adds up the strength of
its neighbours by side, weighs it against its own, and by a logit stays, yields, calls for help or strikes out; all at
once, each day written down. `benchmarks/speed.py --mesa PYTHON_WITH_MESA` runs it in turn with Headlong. Needs mesa 3.
"""

from __future__ import annotations

import math
import sys
import time

import mesa
import networkx
from mesa.discrete_space import FixedAgent, Network


class Place(FixedAgent):
    """A place that one of three sides holds."""

    def __init__(self, model: Country, cell: object) -> None:
        super().__init__(model)
        self.cell = cell
        self.side = int(model.random.random() < 0.2)
        self.strength = model.random.lognormvariate(5.0, 0.5)
        self.next_side = self.side

    def look(self) -> None:
        """Decide by what the neighbours are."""
        force = [0.0, 0.0, 0.0]
        force[self.side] += self.strength
        for cell in self.cell.neighborhood:
            for other in cell.agents:
                force[other.side] += 0.5 * other.strength
        rival = max((s for s in range(3) if s != self.side), key=force.__getitem__)
        balance = math.log((force[self.side] + 1.0) / (force[rival] + 1.0))
        parts = [math.exp(balance), math.exp(-2.0 - balance), math.exp(-1.0), math.exp(-3.0)]
        left, self.next_side = self.model.random.random() * sum(parts), self.side
        for k, part in enumerate(parts):
            left -= part
            if left < 0.0:
                if k == 1 and force[rival] > 0.0:
                    self.next_side = rival
                elif k == 2:
                    self.strength *= 1.01
                elif k == 3:
                    self.strength *= 0.9
                break

    def act(self) -> None:
        """Let it happen."""
        self.side = self.next_side


class Country(mesa.Model):
    """Places on a net of roads with about four roads each."""

    def __init__(self, places: int, seed: int) -> None:
        super().__init__(seed=seed)
        net = networkx.random_geometric_graph(places, math.sqrt(4.2 / (math.pi * places)), seed=seed)
        self.grid = Network(net, capacity=1, random=self.random)
        for cell in self.grid.all_cells:
            Place(self, cell)
        self.held = mesa.DataCollector(model_reporters={"held": lambda m: sum(a.side == 0 for a in m.agents)})

    def step(self) -> None:
        """One day."""
        self.agents.do("look")
        self.agents.do("act")
        self.held.collect(self)


def main() -> None:
    """Print the CPU time of each run, whenever a line is read."""
    places, days = int(sys.argv[1]), int(sys.argv[2])
    for seed, _ in enumerate(sys.stdin):
        model = Country(places, seed)
        began = time.process_time()
        for _ in range(days):
            model.step()
        print(time.process_time() - began, flush=True)


if __name__ == "__main__":
    main()
