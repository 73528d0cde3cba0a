// The client that everybody writes first. It works, until a stream is not as usual: find out with
//
//     openrouter-sim fuzz -- node naive.mjs
const response = await fetch(process.env.OPENROUTER_BASE_URL + "/chat/completions", {
  method: "POST",
  headers: { "content-type": "application/json", authorization: `Bearer ${process.env.OPENROUTER_API_KEY}` },
  body: JSON.stringify({ model: "openai/gpt-4.1-mini", stream: true, messages: [{ role: "user", content: "Hello" }] }),
});
let text = "";
for await (const bytes of response.body) {
  for (const event of new TextDecoder().decode(bytes).split("\n\n")) {
    const data = event.replace(/^data: /, "");
    if (!data || data === "[DONE]") continue;
    text += JSON.parse(data).choices[0].delta.content ?? "";
  }
}
console.log(text);
