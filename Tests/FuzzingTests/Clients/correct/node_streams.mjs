// Correct: fetch, TextDecoderStream and async generators; one retry before the first byte.
const seconds = Number(process.env.OPENROUTER_SIM_TIMEOUT ?? 10);

async function* withIdleLimit(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      let timer;
      const silence = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("idle")), seconds * 800); });
      const { value, done } = await Promise.race([reader.read(), silence]).finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function* lines(chunks) {
  let buffer = "";
  for await (const chunk of chunks) {
    buffer += chunk;
    let match;
    let at = 0;
    const end = /\r\n|\n|\r(?=[^])/g;
    while ((match = end.exec(buffer))) {
      yield buffer.slice(at, match.index);
      at = end.lastIndex;
    }
    buffer = buffer.slice(at);
  }
  yield* buffer.replace(/\r$/, "").length || buffer ? [buffer.replace(/\r$/, "")] : [];
}

async function* messages(source) {
  let data = [];
  for await (const line of source) {
    if (line === "") {
      if (data.length) yield data.join("\n");
      data = [];
    } else if (/^data(:|$)/.test(line)) {
      data.push(line.slice(5).replace(/^ /, ""));
    }
  }
  if (data.length) yield data.join("\n");
}

async function request() {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), seconds * 800);
  try {
    return await fetch(`${process.env.OPENROUTER_BASE_URL}/chat/completions`, {
      method: "POST",
      signal: abort.signal,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${process.env.OPENROUTER_API_KEY}` },
      body: JSON.stringify({ model: "openai/gpt-4.1-mini", stream: true, messages: [{ role: "user", content: "hi" }] }),
    });
  } finally {
    clearTimeout(timer);
  }
}

async function main() {
  let response = await request();
  if (response.status === 503 || response.status === 429) {
    const wait = Number(response.headers.get("retry-after") || 0);
    await new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(wait, 0) || 0, 1) * 1000));
    response = await request();
  }
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${(await response.text()).slice(0, 200)}`);
  if (!response.body) throw new Error("no body");
  let text = "", reason = null;
  const decoded = response.body.pipeThrough(new TextDecoderStream());
  for await (const data of messages(lines(withIdleLimit(decoded)))) {
    if (data.trim() === "") continue;
    if (data.trim() === "[DONE]") { reason ??= "done"; break; }
    const chunk = JSON.parse(data);
    if (chunk === null || typeof chunk !== "object" || Array.isArray(chunk)) throw new Error("not an object");
    if (chunk.error) throw new Error(chunk.error.message ?? "error");
    const choice = chunk.choices?.[0];
    if (typeof (choice?.delta?.content ?? "") !== "string") throw new Error("not a text");
    text += choice?.delta?.content ?? "";
    reason = choice?.finish_reason ?? reason;
    if (reason === "error") throw new Error("generation failed");
  }
  if (reason === null) throw new Error("stream ended without a finish reason");
  if (text) process.stdout.write(text + "\n");
}

main().then(() => process.exit(), (error) => { console.error(String(error)); process.exit(1); });
