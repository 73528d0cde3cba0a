// A correct client: Node's fetch and nothing else.
const timeout = Number(process.env.OPENROUTER_SIM_TIMEOUT ?? 10) * 800;
const tool = { type: "function", function: { name: "get_weather", parameters: { type: "object", properties: { location: { type: "string" } } } } };

class Parser {
  decoder = new TextDecoder("utf-8"); // Removes a byte order mark, replaces ill-formed bytes.
  rest = "";
  afterReturn = false;
  data = [];
  name = "";

  *feed(bytes, final) {
    this.rest += bytes ? this.decoder.decode(bytes, { stream: !final }) : this.decoder.decode();
    let start = 0;
    for (let at = 0; at < this.rest.length; at++) {
      const character = this.rest[at];
      if (character === "\n" && this.afterReturn && at === start) { start = at + 1; this.afterReturn = false; continue; }
      this.afterReturn = false;
      if (character !== "\n" && character !== "\r") { at = this.next(at) - 1; continue; }
      const event = this.line(this.rest.slice(start, at));
      if (event) yield event;
      start = at + 1;
      this.afterReturn = character === "\r";
    }
    this.rest = this.rest.slice(start);
    if (final) {
      if (this.rest) this.line(this.rest);
      const event = this.line("");
      if (event) yield event;
    }
  }

  next(from) {
    const feed = this.rest.indexOf("\n", from), back = this.rest.indexOf("\r", from);
    return Math.min(feed < 0 ? this.rest.length : feed, back < 0 ? this.rest.length : back);
  }

  line(line) {
    if (line === "") {
      const event = this.data.length ? { name: this.name, data: this.data.join("\n") } : undefined;
      this.data = []; this.name = "";
      return event;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? "" : line.slice(colon + 1);
    if (value.startsWith(" ")) value = value.slice(1);
    if (field === "data") this.data.push(value);
    if (field === "event") this.name = value;
  }
}

async function answer() {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error("silence")), timeout);
  const response = await fetch(process.env.OPENROUTER_BASE_URL + "/chat/completions", {
    method: "POST", signal: abort.signal,
    headers: { "content-type": "application/json", authorization: "Bearer " + process.env.OPENROUTER_API_KEY },
    body: JSON.stringify({ model: "openai/gpt-4.1-mini", stream: true, messages: [{ role: "user", content: "Hi" }], tools: [tool] }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const type = (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (type !== "text/event-stream" && type !== "") throw new Error(`not a stream: ${type}`);
  const parser = new Parser(), calls = new Map();
  let text = "", finished = false;
  const handle = ({ name, data }) => {
    if (!data.trim()) return false;
    if (data.trim() === "[DONE]") return (finished = true);
    const chunk = JSON.parse(data);
    if (typeof chunk !== "object" || chunk === null || Array.isArray(chunk)) throw new Error("no chunk");
    if (chunk.error || name === "error") throw new Error(`error in the stream: ${data.slice(0, 200)}`);
    for (const choice of chunk.choices ?? []) {
      const delta = choice.delta ?? {};
      if (delta.content != null && typeof delta.content !== "string") throw new Error("content is no text");
      text += delta.content ?? "";
      for (const fragment of delta.tool_calls ?? []) {
        const index = fragment.index ?? 0;
        if (!Number.isInteger(index)) throw new Error("index is no number");
        const call = calls.get(index) ?? { id: "", name: "", arguments: "" };
        calls.set(index, call);
        if (fragment.id) {
          if (call.id && call.id !== fragment.id) throw new Error("two calls under one index");
          call.id = fragment.id;
        }
        if (fragment.function?.name) call.name = fragment.function.name;
        call.arguments += fragment.function?.arguments ?? "";
      }
      if (choice.finish_reason === "error") throw new Error("the answer failed");
      if (choice.finish_reason) finished = true;
    }
    return false;
  };
  const reader = response.body.getReader();
  let stopped = false;
  while (!stopped) {
    const { value, done } = await reader.read();
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(new Error("silence")), timeout);
    for (const event of parser.feed(value, done)) if ((stopped = handle(event))) break;
    if (done) break;
  }
  clearTimeout(timer);
  if (!finished) throw new Error("the stream ended before the answer did");
  abort.abort();
  const done = [...calls.entries()].sort((a, b) => a[0] - b[0]).map(([, call]) =>
    `TOOL ${call.name} ${JSON.stringify(JSON.parse(call.arguments.trim() || "{}"))}\n`);
  return (text ? text + "\n" : "") + done.join("");
}

answer().then((output) => process.stdout.write(output, () => process.exit(0)), (error) => {
  process.stderr.write(`${error}\n`, () => process.exit(1));
});
