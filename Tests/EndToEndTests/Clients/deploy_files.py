"""Holds what is in deploy/ and Clients/github-action/ against the program and against each other, without an engine.

Usage: deploy_files.py BINARY, with a running server in OPENROUTER_BASE_URL.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).parents[3]
sys.path.insert(0, str(REPOSITORY / "Clients/python/src"))

from pytest_openrouter_sim import ServerProcess  # noqa: E402

DEPLOY = REPOSITORY / "deploy"
ACTION = REPOSITORY / "Clients/github-action"

# Debian 12's packages by the libraries that they bring. The Swift runtime is linked into the shipped binary, and libc
# is in every image.
PACKAGES = {
    "libsqlite3.so.0": "libsqlite3-0",
    "libstdc++.so.6": "libstdc++6",
    "libxxhash.so.0": "libxxhash0",
    "libz.so.1": "zlib1g",
    "libgcc_s.so.1": "libstdc++6",
}
IN_EVERY_IMAGE = re.compile(r"^(linux-vdso|ld-linux|libc|libm|libdl|libpthread|librt)[.-]")
OF_SWIFT = re.compile(r"^(lib_?swift|libFoundation|lib_Foundation|lib_?Internal|libdispatch|libBlocksRuntime)")


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def documents(path):
    return list(yaml.safe_load_all(path.read_text()))


def final_stage():
    return (DEPLOY / "Containerfile").read_text().rsplit("\nFROM ", 1)[1]


def check_image_has_the_libraries(binary):
    if shutil.which("ldd") is None:
        return
    listing = subprocess.run(["ldd", binary], check=True, capture_output=True, text=True).stdout
    names = [os.path.basename(line.split()[0]) for line in listing.splitlines() if line.strip()]
    expect("libsqlite3.so.0" in names, f"ldd lists the libraries of {binary}: {names}")
    installed = set(re.findall(r"[\w.+-]+", final_stage()))
    for name in names:
        if IN_EVERY_IMAGE.match(name) or OF_SWIFT.match(name):
            continue
        expect(name in PACKAGES, f"{name}: known which package of the image brings it")
        expect(PACKAGES[name] in installed, f"{name}: deploy/Containerfile installs {PACKAGES[name]}")


def check_image_health(port):
    command = final_stage().split("HEALTHCHECK", 1)[1].split("CMD ", 1)[1].split("\nENTRYPOINT", 1)[0]
    arguments = json.loads(command.replace("\\\n", ""))
    arguments[0] = shutil.which("bash")
    expect("/127.0.0.1/6464" in arguments[2], "the image's health is asked at its port")
    for at, healthy in ((port, True), (9, False)):
        here = [*arguments[:2], arguments[2].replace("/6464", f"/{at}")]
        status = subprocess.run(here, capture_output=True, timeout=60).returncode
        expect((status == 0) == healthy, f"the image's health check at port {at} says {status}")


def check_commands_start(binary):
    """What image, compose and Kubernetes start is understood."""
    image = json.loads(re.findall(r"^CMD (\[.*\])$", final_stage(), re.MULTILINE)[-1])
    compose = documents(DEPLOY / "compose.yaml")[0]
    stateful = next(d for d in documents(DEPLOY / "kubernetes.yaml") if d["kind"] == "StatefulSet")
    container = stateful["spec"]["template"]["spec"]["containers"][0]
    commands = [image, *(s["command"] for s in compose["services"].values() if "command" in s), container["args"]]
    expect(len(commands) == 4, "an image, two services and a container start the program")
    for command in commands:
        expect(command[:3] == ["serve", "--host", "0.0.0.0"], f"{command} listens on all addresses of its container")
        checked = [str(REPOSITORY / "scenarios") if part == "/data" else part for part in command]
        checked[2] = "127.0.0.1"
        with tempfile.TemporaryDirectory() as folder:
            expect(ServerProcess(binary, checked, log=Path(folder) / "log").stop() == 0, f"{command} starts and stops")


def check_kubernetes(base_url):
    documents_of_it = documents(DEPLOY / "kubernetes.yaml")
    by_kind = {}
    for document in documents_of_it:
        by_kind.setdefault(document["kind"], {})[document["metadata"]["name"]] = document
    stateful = by_kind["StatefulSet"]["sim"]["spec"]
    balancer = by_kind["Deployment"]["openrouter-sim"]["spec"]
    origin = base_url.removesuffix("/api/v1")
    for workload in (stateful, balancer):
        labels = workload["template"]["metadata"]["labels"]
        expect(workload["selector"]["matchLabels"] == labels, f"{labels}: selected by the labels that its pods have")
        for container in workload["template"]["spec"]["containers"]:
            probes = [container[name] for name in container if name.endswith("Probe")]
            expect(len(probes) >= 2, f"{container['name']} has probes")
            for probe in probes:
                path = probe.get("httpGet", {}).get("path")
                if path is not None:
                    with urllib.request.urlopen(origin + path, timeout=60) as answer:
                        expect(answer.status == 200, f"{path} answers probes")
    start = stateful["ordinals"]["start"]
    pods = {f"sim-{number}" for number in range(start, start + stateful["replicas"])}
    selected = {
        service["spec"]["selector"]["statefulset.kubernetes.io/pod-name"]
        for name, service in by_kind["Service"].items()
        if name.startswith("sim-")
    }
    upstreams = set(re.findall(r"server (sim-\d+):6464", (DEPLOY / "nginx.conf").read_text()))
    compose = documents(DEPLOY / "compose.yaml")[0]
    simulators = {name for name in compose["services"] if name.startswith("sim-")}
    expect(pods == selected == upstreams == simulators, f"one set of replicas: {pods, selected, upstreams, simulators}")


def check_action():
    action = documents(ACTION / "action.yml")[0]
    step = action["runs"]["steps"][0]
    used = set(re.findall(r"\bSIM_[A-Z]+", (ACTION / "start.sh").read_text()))
    expect(set(step["env"]) == used, f"start.sh reads what action.yml sets: {used ^ set(step['env'])}")
    inputs = set(re.findall(r"inputs\.([\w-]+)", " ".join(step["env"].values())))
    expect(inputs == set(action["inputs"]), f"every input is passed on: {inputs ^ set(action['inputs'])}")
    told = set(re.findall(r'"([a-z-]+)=', (ACTION / "start.sh").read_text()))
    outputs = set(re.findall(r"outputs\.([\w-]+)", " ".join(o["value"] for o in action["outputs"].values())))
    expect(outputs == set(action["outputs"]) == told, f"every output is told: {outputs ^ told}")


if __name__ == "__main__":
    program, base = sys.argv[1], os.environ["OPENROUTER_BASE_URL"]
    check_image_has_the_libraries(program)
    check_image_health(base.removesuffix("/api/v1").rsplit(":", 1)[1])
    check_commands_start(program)
    check_kubernetes(base)
    check_action()
