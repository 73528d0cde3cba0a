// Correct, for the messages API: Node's fetch, goes by the type in the data, keeps the content blocks as they are.
const limit = Number(process.env.OPENROUTER_SIM_TIMEOUT ?? 10) * 800;
const tool = { name: "get_weather", input_schema: { type: "object", properties: { location: { type: "string" } } } };
const abort = new AbortController();
let timer;
const wait = () => {
  clearTimeout(timer);
  timer = setTimeout(() => abort.abort(new Error("silence")), limit);
};

async function* lines(body) {
  const decoder = new TextDecoder(); // Removes a byte order mark, replaces ill-formed bytes.
  let line = "", afterReturn = false;
  for await (const bytes of body) {
    wait();
    let text = decoder.decode(bytes, { stream: true });
    if (!text) continue;
    if (afterReturn) text = text.replace(/^\n/, "");
    afterReturn = text ? text.endsWith("\r") : false;
    const parts = text.split(/\r\n|\n|\r/);
    parts[0] = line + parts[0];
    line = parts.pop();
    yield* parts;
  }
}

async function answer() {
  wait();
  const response = await fetch(`${process.env.OPENROUTER_BASE_URL}/messages`, {
    method: "POST", signal: abort.signal,
    headers: {
      "content-type": "application/json", "x-api-key": process.env.OPENROUTER_API_KEY, "anthropic-version": "2023-06-01",
    },
    body: JSON.stringify({
      model: "anthropic/claude-sonnet-4.6", max_tokens: 500, stream: true, tools: [tool],
      messages: [{ role: "user", content: "How is the weather?" }],
    }),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  if (!/^text\/event-stream\s*(;|$)/i.test(response.headers.get("content-type") ?? "")) throw new Error("no stream");
  const blocks = [];
  let data = [];
  for await (const line of lines(response.body)) {
    if (line.startsWith("data:")) data.push(line.slice(5));
    if (line === "data") data.push("");
    if (line !== "") continue;
    const event = data.join("\n").trim();
    data = [];
    // OpenRouter was seen to end this API's streams with the sentinel of the others, too.
    if (event === "" || event === "[DONE]") continue;
    if (handle(JSON.parse(event), blocks)) return print(blocks);
  }
  throw new Error("the stream ended before the answer did");
}

function handle(event, blocks) {
  if (typeof event?.type !== "string") throw new Error("no event");
  if (event.type === "error") throw new Error(`the answer failed: ${JSON.stringify(event).slice(0, 300)}`);
  if (event.type === "content_block_start") blocks[event.index] = { ...event.content_block, json: "" };
  if (event.type === "content_block_delta") {
    const block = blocks[event.index];
    if (event.delta.type === "text_delta") block.text += event.delta.text;
    if (event.delta.type === "input_json_delta") block.json += event.delta.partial_json;
  }
  return event.type === "message_stop";
}

function print(blocks) {
  const text = blocks.filter((block) => block?.type === "text").map((block) => block.text).join("");
  const calls = blocks.filter((block) => block?.type === "tool_use");
  return (text ? text + "\n" : "")
    + calls.map((call) => `TOOL ${call.name} ${JSON.stringify(JSON.parse(call.json.trim() || "{}"))}\n`).join("");
}

answer().then((output) => process.stdout.write(output, () => process.exit(0)), (error) => {
  process.stderr.write(`${error}\n`, () => process.exit(1));
});
