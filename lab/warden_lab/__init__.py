"""The lab: a small real cloud on one machine. `lab/labctl` is its only face."""
