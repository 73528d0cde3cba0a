// Correct, for the responses API: Node's fetch, items by their ids, whole arguments from the event that closes a call.
const limit = Number(process.env.OPENROUTER_SIM_TIMEOUT ?? 10) * 800;
const tool = {
  type: "function", name: "get_weather", strict: false,
  parameters: { type: "object", properties: { location: { type: "string" } } },
};
const abort = new AbortController();
let timer;
const wait = () => {
  clearTimeout(timer);
  timer = setTimeout(() => abort.abort(new Error("silence")), limit);
};

async function* lines(body) {
  const decoder = new TextDecoder(); // Removes a byte order mark, replaces ill-formed bytes.
  let line = "", held = "";
  for await (const bytes of body) {
    wait();
    const text = held + decoder.decode(bytes, { stream: true });
    held = text.endsWith("\r") ? "\r" : ""; // It may be half of a CR LF.
    const parts = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
    parts[0] = line + parts[0];
    line = parts.pop();
    yield* parts;
  }
  yield* (line + held + decoder.decode()).split(/\r\n|\n|\r/);
}

async function* events(body) {
  let data = [];
  for await (const line of lines(body)) {
    if (line !== "") {
      const [, field, value] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line);
      if (field === "data") data.push(value);
      continue;
    }
    if (data.join("").trim()) yield data.join("\n");
    data = [];
  }
}

async function answer() {
  wait();
  const response = await fetch(`${process.env.OPENROUTER_BASE_URL}/responses`, {
    method: "POST", signal: abort.signal,
    headers: { "content-type": "application/json", authorization: `Bearer ${process.env.OPENROUTER_API_KEY}` },
    body: JSON.stringify({ model: "openai/gpt-4.1-mini", input: "How is the weather?", stream: true, tools: [tool] }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  if (!/^text\/event-stream\s*(;|$)/i.test(response.headers.get("content-type") ?? "")) throw new Error("no stream");
  const calls = new Map();
  let text = "", complete = false;
  for await (const data of events(response.body)) {
    if (data.trim() === "[DONE]") { complete = true; break; }
    const event = JSON.parse(data);
    if (typeof event?.type !== "string") throw new Error(`no event: ${data.slice(0, 100)}`);
    switch (event.type) {
      case "response.output_text.delta": text += event.delta; break;
      case "response.output_item.added":
        if (event.item.type === "function_call") calls.set(event.item.id, { at: event.output_index, name: event.item.name, arguments: "" });
        break;
      case "response.function_call_arguments.done": calls.get(event.item_id).arguments = event.arguments; break;
      case "response.completed": case "response.incomplete": complete = true; break;
      case "response.failed": case "response.error": case "error": throw new Error(`failed: ${data.slice(0, 300)}`);
    }
    if (complete) break;
  }
  if (!complete) throw new Error("the stream ended before the answer did");
  const done = [...calls.values()].sort((one, other) => one.at - other.at);
  return (text ? text + "\n" : "")
    + done.map((call) => `TOOL ${call.name} ${JSON.stringify(JSON.parse(call.arguments.trim() || "{}"))}\n`).join("");
}

answer().then((output) => process.stdout.write(output, () => process.exit(0)), (error) => {
  process.stderr.write(`${error}\n`, () => process.exit(1));
});
