"""A client of the openai library, as `openrouter-sim fuzz` wants it."""
import os
import sys

import openai

client = openai.OpenAI(
    base_url=os.environ["OPENROUTER_BASE_URL"],
    api_key=os.environ["OPENROUTER_API_KEY"],
    timeout=float(os.environ.get("OPENROUTER_SIM_TIMEOUT", "10")) * 0.8,
    max_retries=0,
)
text = ""
try:
    for chunk in client.chat.completions.create(
        model="openai/gpt-4o-mini", messages=[{"role": "user", "content": "Hi"}], stream=True
    ):
        for choice in chunk.choices or []:
            text += choice.delta.content or ""
except openai.OpenAIError as error:
    sys.exit(f"{type(error).__name__}: {error}")
if text:
    sys.stdout.buffer.write(text.encode() + b"\n")
