"""Prints what was measured and holds it against the thresholds."""

import os
import platform
import subprocess


def machine():
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as cpuinfo:
            model = next(line.partition(":")[2].strip() for line in cpuinfo if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return {"processor": model, "cores": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()}


def commit(folder):
    done = subprocess.run(["git", "-C", folder, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return done.stdout.strip()


def verdict(value, threshold):
    """Empty where nothing is asked."""
    if threshold is None:
        return ""
    if "at_least" in threshold:
        return f"{'ok' if value >= threshold['at_least'] else 'MISS'}, at least {threshold['at_least']}"
    return f"{'ok' if value <= threshold['at_most'] else 'MISS'}, at most {threshold['at_most']}"


def figure(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(rows, thresholds):
    lines = [("what", "median", "lowest", "highest", "unit", "threshold")]
    for name, row in rows.items():
        lines.append((
            row["text"], figure(row["value"]), figure(min(row["rounds"])), figure(max(row["rounds"])), row["unit"],
            verdict(row["value"], thresholds.get(name)),
        ))
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join(
        "  ".join(cell.rjust(width) if 1 <= column <= 3 else cell.ljust(width)
                  for column, (cell, width) in enumerate(zip(line, widths))).rstrip()
        for line in lines
    )


def misses(rows, thresholds):
    return [name for name, row in rows.items() if verdict(row["value"], thresholds.get(name)).startswith("MISS")]
