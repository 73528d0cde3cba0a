// Correct: node:http, bytes cut at line ends, each line decoded by itself.
import http from "node:http";

const limit = Number(process.env.OPENROUTER_SIM_TIMEOUT ?? 10) * 800;
const url = new URL(process.env.OPENROUTER_BASE_URL + "/chat/completions");
const body = JSON.stringify({
  model: "openai/gpt-4.1-mini", stream: true, messages: [{ role: "user", content: "Weather in Paris?" }],
  tools: [{ type: "function", function: { name: "get_weather", parameters: { type: "object" } } }],
});

function fail(reason) {
  process.stderr.write(`error: ${reason}\n`);
  process.exitCode = 1;
  request.destroy();
  finish = fail = () => {};
}

let text = "", calls = {}, complete = false, data = [];

let finish = () => {
  try {
    if (!complete) throw new Error("the answer was cut");
    let output = text === "" ? "" : text + "\n";
    for (const index of Object.keys(calls).map(Number).sort((a, b) => a - b)) {
      const { name, args } = calls[index];
      output += `TOOL ${name} ${JSON.stringify(JSON.parse(args.trim() === "" ? "{}" : args))}\n`;
    }
    process.stdout.write(output);
  } catch (error) {
    return fail(error);
  }
  finish = fail = () => {};
  request.destroy();
};

function line(bytes) {
  if (bytes.length > 0) {
    const string = bytes.toString("utf8");
    const match = /^([^:]*)(?:: ?([^]*))?$/.exec(string);
    if (match[1] === "data") data.push(match[2] ?? "");
    return;
  }
  const event = data.join("\n");
  data = [];
  if (event.trim() === "") return;
  if (event === "[DONE]") {
    complete = true;
    return finish();
  }
  const chunk = JSON.parse(event);
  if (typeof chunk !== "object" || Array.isArray(chunk)) throw new Error("no chunk");
  if (chunk.error) throw new Error(JSON.stringify(chunk.error));
  for (const { delta, finish_reason } of chunk.choices ?? []) {
    if (delta?.content) {
      if (typeof delta.content !== "string") throw new Error("content is no string");
      text += delta.content;
    }
    for (const fragment of delta?.tool_calls ?? []) {
      const index = fragment.index ?? 0;
      const call = (calls[index] ??= { id: fragment.id, name: "", args: "" });
      if (fragment.id && fragment.id !== call.id) throw new Error("index used twice");
      call.name ||= fragment.function?.name ?? "";
      call.args += fragment.function?.arguments ?? "";
    }
    if (finish_reason === "error") throw new Error("finish_reason is error");
    if (finish_reason) complete = true;
  }
}

const request = http.request(url, {
  method: "POST",
  agent: false,
  headers: { "content-type": "application/json", authorization: `Bearer ${process.env.OPENROUTER_API_KEY}` },
}, (response) => {
  if (response.statusCode !== 200) return fail(`status ${response.statusCode}`);
  const type = response.headers["content-type"];
  if (type && !/^\s*text\/event-stream\s*(;|$)/i.test(type)) return fail(`content type ${type}`);
  let rest = [], afterReturn = false, first = true;
  response.on("data", (bytes) => {
    try {
      let start = 0;
      for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at];
        if (byte === 10 && afterReturn) { start = at + 1; afterReturn = false; continue; }
        afterReturn = byte === 13;
        if (byte !== 10 && byte !== 13) continue;
        let whole = Buffer.concat([...rest, bytes.subarray(start, at)]);
        if (first && whole.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) whole = whole.subarray(3);
        first = false;
        rest = [];
        start = at + 1;
        line(whole);
      }
      rest.push(bytes.subarray(start));
    } catch (error) {
      fail(error);
    }
  });
  response.on("end", () => finish());
  response.on("error", (error) => complete ? finish() : fail(error));
  response.on("aborted", () => complete ? finish() : fail("aborted"));
});
request.setTimeout(limit, () => fail("no byte for too long"));
request.on("error", (error) => fail(error));
request.end(body);
