"""The client that everybody writes first. It works, until a stream is not as usual: find out with

    openrouter-sim fuzz -- python3 naive.py
"""
import json
import os
import urllib.request

request = urllib.request.Request(
    os.environ["OPENROUTER_BASE_URL"] + "/chat/completions",
    json.dumps(
        {"model": "openai/gpt-4.1-mini", "stream": True, "messages": [{"role": "user", "content": "Hello"}]}
    ).encode(),
    {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["OPENROUTER_API_KEY"]},
)
text = ""
with urllib.request.urlopen(request) as response:
    for line in response:
        line = line.decode().strip()
        if line.startswith("data: ") and line != "data: [DONE]":
            chunk = json.loads(line[6:])
            text += chunk["choices"][0]["delta"].get("content", "")
print(text)
