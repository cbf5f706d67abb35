"""Evaluates calls of reference.py: a JSON list of {"fn", "in"} on standard input, a JSON list of
results on standard output. Infinite numbers are written as "inf" and "-inf"."""
import json
import math
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import reference as R


def plain(value):
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def channel(x, u, **plan):
    c = R.Channel(**plan)
    return [c.update(a, b) for a, b in zip(x, u)]


def growing(rule, windows, phi):
    """phi_t of section 3.4, which the reference leaves to its caller."""
    c = rule.count
    mean = (c.U + windows[0]) / (c.looks + 1)
    growth = max(1.0, mean / rule.mean_u) if rule.mean_u > 0 else 1.0
    for one, own in phi:
        if one is not None:
            one.phi = 1.0 + (own - 1.0) * growth
    rule.phi = rule.count.phi


def rule(x, u, grows, **settings):
    r = R.Rule(**settings)
    start = dict(phi=r.phi, phi_episodes=r.phi_episodes, phi_activity=r.phi_activity,
                 stake=r.stake, episodes=r.episodes, threshold=r.thr,
                 channels=1 + (r.epi is not None) + (r.act is not None))
    own = [(r.count, r.phi), (r.epi, r.phi_episodes), (r.act, r.phi_activity)]
    out, verdicts = [], []
    for a, b in zip(x, u):
        if grows:
            growing(r, (b,), own)
        verdicts.append(r.update(a, b))
        out.append(r.log_e)
    return [start[k] for k in sorted(start)] + [out, verdicts]


def new_kind(x, u, **settings):
    k = R.NewKind(**settings)
    out = []
    for a, b in zip(x, u):
        k.update(a, b)
        out.append(k.log_e)
    return [k.thr, out]


own = {"Channel": channel, "Rule": rule, "NewKind": new_kind}


def evaluate(call):
    """The result; None where the reference leaves the domain of a share (phi < 1) and fails."""
    try:
        return plain((own.get(call["fn"]) or getattr(R, call["fn"]))(**call["in"]))
    except ValueError:
        return None


json.dump([evaluate(call) for call in json.load(sys.stdin)], sys.stdout)
