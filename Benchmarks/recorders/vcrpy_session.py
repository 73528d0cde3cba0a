"""Records a session with vcrpy: `vcrpy_session.py BASE_URL REQUESTS.json OUT.yaml`, in a Python that has it."""

import json
import sys

import requests
import vcr


def main():
    base_url, session, out = sys.argv[1:]
    with open(session) as file:
        recordings = json.load(file)
    # Equal requests are recorded as often as they are made, as the recorder under comparison does.
    with vcr.use_cassette(out, record_mode="all"), requests.Session() as client:
        for recording in recordings:
            answer = client.request(
                recording["method"], base_url + recording["target"], headers=dict(recording["headers"]),
                data=recording["body"].encode(),
            )
            answer.raise_for_status()


if __name__ == "__main__":
    main()
