"""Forecasts of statsforecast's AutoETS, season of a week, for `storefact bench forecast`.

Reads lines "number,origin,values with blanks between", writes lines
"number,origin,mean,lower 80,upper 80,lower 95,upper 95" for each day ahead, in order.
"""

import sys
import warnings

import numpy as np
from statsforecast.models import AutoETS

source, target, horizon = sys.argv[1], sys.argv[2], int(sys.argv[3])
warnings.filterwarnings("ignore")
lines = open(source).read().splitlines()
with open(target, "w") as out:
    for done, line in enumerate(lines, 1):
        number, origin, values = line.split(",")
        past = np.array(values.split(), dtype=np.float64)
        said = AutoETS(season_length=7).forecast(y=past, h=horizon, level=[80, 95])
        columns = [said[name] for name in ("mean", "lo-80", "hi-80", "lo-95", "hi-95")]
        for day in zip(*columns):
            out.write(",".join([number, origin, *(repr(float(value)) for value in day)]) + "\n")
        print(f"{done} of {len(lines)}", flush=True)
