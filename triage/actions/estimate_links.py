"""How good are the links where there are no labels? By the weights, and by officers' word on a sample."""

from dataclasses import replace

from smart_record.linkage.measuring.clerical import (
    clerical_estimate,
    draw_sample,
    expected_errors,
)
from smart_record.linkage.measuring.thresholds import expected_curve
from smart_record.linkage.measuring.weighed_night import weigh_night
from triage.actions.reading import last_night
from triage.audit import Actor, AuditEvent
from triage.council import Council
from triage.links.link_estimates import LinkEstimates
from triage.links.link_samples import keep_sample, newest_sample, with_judgements
from triage.links.link_weights import weights_in_use
from triage.nights import read_frame, read_records
from triage.store.log import insert_event
from triage.store.verdicts import standing_verdicts


def estimate_links(
    council: Council, *, actor: Actor, draw: int | None = None, size: int = 200
) -> LinkEstimates:
    """Estimate the errors of links; draw a sample for officers to judge if there is none yet.

    Args:
        council: An open council.
        actor: Who asks.
        draw: Draw a new sample of the last night with this seed, whatever sample there is.
        size: Pairs of a new sample.

    Raises:
        NotReady: Before the first night.
    """
    with council.engine.begin() as connection:
        night, verdicts = last_night(council, connection), standing_verdicts(connection)
        event = AuditEvent(
            actor=actor, action="estimate_links", occurred_at=council.clock(), subject=night.night_id
        )
        insert_event(connection, event)
    folder = council.nights / night.night_id
    settled = read_frame(folder, "verdicts")
    everyone = read_records(folder).everyone
    weights = weights_in_use(council.directory)
    pairs = weigh_night(everyone, as_of=night.as_of, verdicts=settled, weights=weights).told()
    found = None if draw is not None else newest_sample(council.directory)
    drawn = draw_sample(pairs, size=size, seed=draw or 0) if found is None else None
    if drawn is not None:
        with council.engine.begin() as connection:
            insert_event(connection, replace(event, action="draw_link_sample"))
            keep_sample(council.directory, night.night_id, drawn)
    found = found or newest_sample(council.directory)
    assert found is not None
    sampled, sample = found
    return LinkEstimates(
        council=council.settings.council,
        as_of=night.as_of,
        night_id=night.night_id,
        expected=expected_errors(pairs),
        curve=expected_curve(pairs),
        sampled=sampled,
        drawn_now=drawn is not None,
        clerical=clerical_estimate(with_judgements(sample, verdicts)),
    )
