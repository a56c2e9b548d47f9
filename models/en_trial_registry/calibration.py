"""From the probability that a model gives to the one with which it is right."""

import math
from typing import Final, NamedTuple

_LIMIT: Final = 1e-9


class Calibration(NamedTuple):
    """Stretches and moves log-odds: Platt, Probabilistic outputs for SVMs, 1999.

    slope (float): Factor of the log-odds.
    bias (float): What is added.
    """

    slope: float = 1.0
    bias: float = 0.0

    def __call__(self, chance: float) -> float:
        """Calibrate one probability.

        chance (float): Between 0 and 1.
        RETURNS (float): Between 0 and 1.
        """
        return 1 / (1 + math.exp(-self.slope * log_odds(chance) - self.bias))


IDENTITY: Final = Calibration()


def log_odds(chance: float) -> float:
    """Write a probability as log-odds.

    chance (float): Between 0 and 1.
    RETURNS (float): Finite, also at the ends.
    """
    inner = min(max(chance, _LIMIT), 1 - _LIMIT)
    return math.log(inner / (1 - inner))
