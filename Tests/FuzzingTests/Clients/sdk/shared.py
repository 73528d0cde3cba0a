"""What the clients of the SDKs have in common: the request, and the output that the fuzzer wants (docs/fuzzing.md)."""
import json
import os
import sys

LIMIT = float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10")) * 0.8
MESSAGES = [{"role": "user", "content": "How is the weather?"}]
PARAMETERS = {"type": "object", "properties": {"location": {"type": "string"}}}
TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": PARAMETERS}}]


def run(answer):
    """Prints the answer: its text, and calls as objects with `name` and `arguments` (JSON text). Returns a status."""
    try:
        text, calls = answer()
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        lines = [text] if text else []
        for call in calls:
            arguments = json.loads(call["arguments"].strip() or "{}")
            lines.append(f"TOOL {call['name']} {json.dumps(arguments)}")
    except Exception as error:
        print(f"{type(error).__name__}: {error}"[:500], file=sys.stderr)
        return 1
    sys.stdout.buffer.write("".join(line + "\n" for line in lines).encode())
    sys.stdout.buffer.flush()
    return 0
