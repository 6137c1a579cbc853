"""Mutants that nothing can notice, because no value that can occur tells them from the engine.

By reason, then by the mutant's name (module after `collector.integrity.engine`). One leaves the
list when its line changes; a test sees that each still is a mutant.
"""

from __future__ import annotations

ENGINE = "collector.integrity.engine"
SAVES_TIME = "what follows comes to the same without it; saves time"
NEVER_EVEN = "a sum that is never even with the bound, to the last digit; both sides are tested"
NOTHING_AT_NOTHING = "at the bound itself both branches come to the same"
FOR_THE_TYPE = "what is not known has no row, and no key that is missing; says so to the types"
UNKNOWN_IS_ONE = "who is not known to come often counts as coming once: none and one are not often"
ROUNDING = "keeps a logarithm or an exponential in bounds, far beyond the digits that are told"
BOUND_BY_OTHERS = "what is bounded here is bounded by what it is made of; keeps rounding out"
REASONS: dict[str, tuple[str, ...]] = {
    SAVES_TIME: (
        "combine: not findings: always false",
        "combine: group not in present: always false",
        "lows_from_one_hand: origin is None: always false",
        "concentration: log_odds <= 0: moved by a step",
        "concentration: log_odds <= 0 or found is None: without log_odds <= 0",
        "checks.attack.attack_burst: origin < 0.5: 0.5 halved",
        "checks.attack.attack_burst: looks <= 0.3: 0.3 halved",
        "checks.attack.attack_burst: looks <= 0.3: moved by a step",
        "checks.interaction.in_hand: rank is None or rank > BANDS[-1] or (not at_once(case)) or "
        "(assessment.shared_device is not None) or assessment.shared_contact: "
        "without rank > BANDS[-1]",
        "checks.origin.client_concentration: not case.client or "
        "assessment.shared_device is not None: without not case.client",
        "checks.origin.client_concentration: seen < LEAST: always false",
        "checks.origin.device_shared: customers >= 2 * FEW: 2 doubled",
        "checks.origin.device_shared: customers >= 2 * FEW: always false",
        "checks.origin.device_shared: customers >= 2 * FEW: moved by a step",
        "checks.origin.network_concentration: log_odds > 0: always true",
        "checks.origin.network_concentration: log_odds > 0: moved by a step",
        "checks.wording.template_text: not case.wrote: always false",
        "checks.wording.template_text: seen < 2: 2 halved",
        "checks.wording.template_text: seen < 2: always false",
        "seen.acquaintances: not origin.frequent: always false",
        "seen.handling: self.all.count < LEAST: always false",
        "seen.handling: self.all.count < LEAST: moved by a step",
        "seen.openings: not sum(seen): always false",
        "seen.pace: not sum(counts): always false",
    ),
    NEVER_EVEN: (
        "checks.interaction.in_hand: log_odds < LEAST: moved by a step",
        "checks.interaction.score_conflict: log_odds <= 0.1: moved by a step",
        "checks.origin.network_concentration: log_odds <= 0.2: moved by a step",
        "checks.origin.one_sitting: sure <= 0.1: moved by a step",
        "checks.origin.rapid_run: log_odds >= 0.2: moved by a step",
        # A quantile is an edge of the histogram, and ten minutes are not one.
        "seen.moments: row.quantile(0.25) <= PROMPT: moved by a step",
    ),
    NOTHING_AT_NOTHING: (
        "checks.attack.attack_burst: found > alike: moved by a step",
        "checks.interaction.in_hand: log_odds <= chosen.log_odds: moved by a step",
        "checks.origin.device_shared: time > 0: moved by a step",
        # An answer is not compared with itself: that was asked before.
        "checks.robots.duplicate: earlier.id > case.id: moved by a step",
        "combine: f.log_odds > 0: moved by a step",
        "combine: f.log_odds < 0: moved by a step",
        "concentration: one_hand < 0: moved by a step",
        "presence: log_odds > 0: moved by a step",
    ),
    FOR_THE_TYPE: (
        "checks.origin.device_shared: case.device or '': without ''",
        "checks.origin.network_concentration: case.device or '': without ''",
        "checks.robots.link_scanner: key: always true",
    ),
    UNKNOWN_IS_ONE: (
        "checks.interaction.phantom_session: (cases or 1) > 1: 1 halved",
        "checks.wording.template_text: (case.cases_then or 1) > OFTEN: 1 doubled",
        "checks.wording.template_text: (case.cases_then or 1) > OFTEN: 1 halved",
    ),
    ROUNDING: (
        "checks.interaction.in_hand: max(beta_binomial_tail(seen, trials, rate, SPREAD), 1e-09): "
        "1e-09 doubled",
        "checks.interaction.in_hand: max(beta_binomial_tail(seen, trials, rate, SPREAD), 1e-09): "
        "1e-09 halved",
        "combine: max(logit, -40.0): 40.0 doubled",
        "combine: max(logit, -40.0): 40.0 halved",
        "combine: min(max(logit, -40.0), 40.0): 40.0 doubled",
        "combine: min(max(logit, -40.0), 40.0): 40.0 halved",
    ),
    BOUND_BY_OTHERS: (
        # Two subjects on a thing have an answer each.
        "concentration: max(total, 1): 1 doubled",
        "presence: min(counter, 1.0): 1.0 doubled",
    ),
}  # fmt: skip
ACCEPTED: dict[str, str] = {
    f"{ENGINE}.{name}": reason for reason, names in REASONS.items() for name in names
}
