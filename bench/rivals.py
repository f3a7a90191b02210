"""What is measured against and never shipped, in an environment of its own: LightGBM and shap."""

import json
import subprocess
from typing import Any

from bench.public_data import own_environment

_PACKAGES = ("lightgbm==4.7.0", "shap==0.51.0", "scikit-learn>=1.9,<1.10", "numpy>=2.4")


def run(code: str, *arguments: object) -> Any:
    """Run code there; gives what it prints last, as JSON."""
    python = own_environment("rivals", *_PACKAGES)
    done = subprocess.run(
        [python, "-W", "ignore", "-c", code, *map(str, arguments)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])
