"""What is likely: statistical risk models (data shapes live with their own package).

`train` learns a scorecard from the council's own histories; `score` ranks households with it on a date.
Nothing of a score decides anything: triage may rank offers of help by it, and a person decides.
"""

from models.errors import ModelError
from models.evaluation.backtest import Evaluation
from models.histories.labels import OUTCOMES
from models.scorecards.registry import current_model, load, model_in_use, save
from models.scorecards.scorecard import Scorecard
from models.scoring.score import contributions, score
from models.training import Trained, train

__all__ = [
    "OUTCOMES",
    "Evaluation",
    "ModelError",
    "Scorecard",
    "Trained",
    "contributions",
    "current_model",
    "load",
    "model_in_use",
    "save",
    "score",
    "train",
]
