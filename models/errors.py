"""Every deliberate error of the risk model; an analyst puts them right.

Messages hold dates, counts, feature names and file names: never anything about one resident.
"""

from smart_record.errors import TriageError


class ModelError(TriageError):
    """Root of the risk model's errors."""


class NotEnoughHistory(ModelError):
    """The council's histories are too short, or hold too few outcomes, to learn from honestly."""


class LeakageFound(ModelError):
    """A model would see what could not have been known on the date it predicts from."""


class FeatureRefused(ModelError):
    """A feature may not be used: it stands for a protected characteristic or lies outside its purpose."""


class FeatureMismatch(ModelError):
    """The facts at hand are not those the model was trained on."""


class ScorecardInvalid(ModelError):
    """A model file is damaged, altered or not ours."""


class ModelNotFound(ModelError):
    """A model that was asked for is not there."""
