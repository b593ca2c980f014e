"""The filter's law by brute force, written apart from the filter: a dense grid, and a great many paths."""

import numpy as np

SLOW, FAST = np.exp(-1.0 / 90.0), np.exp(-1.0 / 4.0)


def normal(x, sd):
    return np.exp(-0.5 * (x / sd) ** 2) / (sd * np.sqrt(2.0 * np.pi))


def chance(strain, theta, exposure, day):
    """Chance of what was held and lost on a day, for each strain (mean included)."""
    p = np.ones_like(strain)
    for i in range(exposure.start[day], exposure.start[day + 1]):
        eta = strain + theta[4:] @ exposure.x[i]
        p = p / (1.0 + np.exp(-eta if exposure.lost[i] else eta))
    return p


def moments(weights, values):
    mean = (weights * values).sum()
    return mean, np.sqrt((weights * (values - mean) ** 2).sum())


def dense(theta, exposure, reach=6.0, slow_points=121, fast_points=61):
    """Log-likelihood of each day, and (mean, sd) of slow, fast and their sum on the last evening.

    The exact law of both parts on a grid out to six standard deviations, in steps well below a day's own
    movement, so that the rule of rectangles is exact to many digits.
    """
    mean, slow_sd, fast_sd = theta[:3]
    x, y = (
        np.linspace(-reach, reach, slow_points) * slow_sd,
        np.linspace(-reach, reach, fast_points) * fast_sd,
    )
    dx, dy = x[1] - x[0], y[1] - y[0]
    drift, rest = normal(x - SLOW * x[:, None], slow_sd * np.sqrt(1 - SLOW**2)) * dx, normal(x, slow_sd) * dx
    fast = normal(y - FAST * y[:, None], fast_sd * np.sqrt(1 - FAST**2)) * dy
    weights = np.outer(normal(x, slow_sd) * dx, normal(y, fast_sd) * dy)
    level, scores = mean + x[:, None] + y, []
    for day in range(len(exposure.start) - 1):
        renewal = max(theta[3], 0.2) if exposure.new[day] else theta[3]
        weights = ((1 - renewal) * drift + renewal * rest).T @ weights @ fast
        likely = chance(level, theta, exposure, day)
        scores.append(np.log((weights * likely).sum()))
        weights = weights * likely**exposure.share
        weights = weights / weights.sum()
    found = (moments(weights, v) for v in (x[:, None] + 0 * y, 0 * x[:, None] + y, level - mean))
    return np.array(scores), tuple(found)


def paths(theta, exposure, count, seed=1):
    """The same from paths of strain drawn at random: log-likelihood, its standard error, and the moments."""
    rng = np.random.default_rng(seed)
    mean, slow_sd, fast_sd = theta[:3]
    x, y = slow_sd * rng.standard_normal(count), fast_sd * rng.standard_normal(count)
    weights = np.ones(count)
    for day in range(len(exposure.start) - 1):
        x = SLOW * x + slow_sd * np.sqrt(1 - SLOW**2) * rng.standard_normal(count)
        renewal = max(theta[3], 0.2) if exposure.new[day] else theta[3]
        x = np.where(rng.random(count) < renewal, slow_sd * rng.standard_normal(count), x)
        y = FAST * y + fast_sd * np.sqrt(1 - FAST**2) * rng.standard_normal(count)
        weights *= chance(mean + x + y, theta, exposure, day)
    likelihood = weights.mean()
    error = weights.std() / likelihood / np.sqrt(count)
    share = weights / weights.sum()
    return np.log(likelihood), error, tuple(moments(share, v) for v in (x, y, x + y))
