"""Recordings to send, made of tones."""

import io
import math
import struct
import wave

SAMPLE_RATE = 16_000


def tone(hertz, seconds):
    """A WAV file: mono, 16 bits."""
    amplitudes = (math.sin(2 * math.pi * hertz * sample / SAMPLE_RATE) for sample in range(SAMPLE_RATE * seconds))
    samples = b"".join(struct.pack("<h", round(8000 * amplitude)) for amplitude in amplitudes)
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(samples)
    return file.getvalue()
