// What a test does with its world, against the real server.

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import * as hooks from "node:test";
import { test } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { SimulatorError, VerificationError, useSimulator, withWorld } from "openrouter-sim-testing";

const sim = useSimulator(hooks);
const MODEL = "openai/gpt-4o-mini";

async function ask(world, content = "Why is the sky blue?", { baseURL = world.baseURL, headers, ...body } = {}) {
  const response = await fetch(`${baseURL}/chat/completions`, {
    method: "POST",
    headers: headers ?? { ...world.headers, "Content-Type": "application/json" },
    body: JSON.stringify({ model: MODEL, messages: [{ role: "user", content }], ...body }),
  });
  const text = await response.text();
  return { status: response.status, text, said: body.stream ? text : JSON.parse(text).choices?.[0].message.content };
}

test("a fresh world answers and keeps a journal", async () => {
  assert.deepEqual(await sim.world.journal.entries(), []);
  assert.equal((await ask(sim.world)).status, 200);
  const [entry] = await sim.world.journal.entries({ status: "2xx" });
  assert.equal(entry.model, MODEL);
  assert.deepEqual(await sim.world.journal.entries({ status: 404 }), []);
  assert.equal(await sim.world.journal.clear(), 1);
});

for (const number of [1, 2]) {
  test(`each test has a world of its own (${number})`, async () => {
    await ask(sim.world);
    assert.equal((await sim.world.journal.entries()).length, 1);
  });
}

test("header and key lead a client with another base URL here", async () => {
  const { world, simulator } = sim;
  await ask(world, "a", { baseURL: simulator.baseURL, headers: { Authorization: "Bearer x", "X-Sim-World": world.name } });
  await ask(world, "b", { baseURL: simulator.baseURL, headers: { Authorization: `Bearer ${world.apiKey}` } });
  assert.equal((await world.journal.entries()).length, 2);
});

test("the environment names the world for each SDK", () => {
  const { environment, baseURL, apiKey } = sim.world;
  assert.equal(environment.OPENROUTER_BASE_URL, baseURL);
  assert.equal(environment.OPENAI_BASE_URL, baseURL);
  assert.equal(environment.ANTHROPIC_BASE_URL + "/v1", baseURL);
  for (const name of ["OPENROUTER", "OPENAI", "ANTHROPIC"]) assert.equal(environment[`${name}_API_KEY`], apiKey);
  assert.equal(process.env.OPENROUTER_BASE_URL, undefined);
});

const YAML = `name: weather
rules:
  - match: { last_message: { contains: weather } }
    respond:
      - text: "It rains."
`;
const folder = mkdtempSync(join(tmpdir(), "openrouter-sim-js-"));
writeFileSync(join(folder, "weather.yaml"), YAML);
writeFileSync(join(folder, "weather.json"), JSON.stringify({ name: "weather", rules: [{ respond: [{ text: "It rains." }] }] }));
for (const [kind, scenario] of Object.entries({
  text: YAML,
  path: join(folder, "weather.yaml"),
  URL: pathToFileURL(join(folder, "weather.json")),
  object: { rules: [{ respond: [{ text: "It rains." }] }] },
})) {
  test(`a scenario by ${kind}`, async () => {
    await withWorld(sim.simulator, { scenario }, async (world) => {
      assert.equal((await ask(world, "the weather?")).said, "It rains.");
      if (kind === "text") assert.equal((await world.journal.entries())[0].rule, "weather:3");
    });
    await assert.rejects(sim.world.create({ scenario: "weather" }), /There is no scenario 'weather'/, "it is its world's");
  });
}

test("a scenario by name", async () => {
  await withWorld(sim.simulator, { scenario: "rate-limited-then-ok" }, async (world) => {
    assert.equal((await ask(world)).status, 429);
    assert.equal((await ask(world)).said, "Thanks for waiting.");
    const entries = await world.journal.entries();
    assert.equal(entries[1].retry.of, entries[0].id);
  });
});

test("worlds of one stream make up the same", async () => {
  const said = [];
  for (const stream of ["one", "one", "two"]) {
    await withWorld(sim.simulator, { stream, clock: "fixed:2026-08-30T09:15:00Z" }, async (world) => {
      said.push(JSON.parse((await ask(world)).text).id);
    });
  }
  assert.equal(said[0], said[1]);
  assert.notEqual(said[0], said[2]);
});

test("the clock moves", async () => {
  const { clock } = sim.world;
  const start = await clock.set(new Date("2026-08-30T09:15:00Z"));
  assert.equal(start.toISOString(), "2026-08-30T09:15:00.000Z");
  assert.equal((await clock.advance("90s")) - start, 90_000);
  assert.equal((await clock.advance(250)) - start, 90_250);
  assert.equal((await clock.set("2027-01-01T00:00:00Z")).getUTCFullYear(), 2027);
  assert.ok((await clock.resume()) < (await clock.advance("1h")));
  await clock.system();
  assert.equal((await clock.freeze()).getTime(), (await clock.now()).getTime());
});

test("a world is born as told", async () => {
  await withWorld(sim.simulator, { clock: "fixed:2026-08-30T09:15:00Z", credits: 0.5, seed: 7 }, async (world) => {
    assert.equal((await world.clock.now()).toISOString(), "2026-08-30T09:15:00.000Z");
    const credits = await (await fetch(`${world.baseURL}/credits`, { headers: world.headers })).json();
    assert.equal(credits.data.total_credits, 0.5);
  });
});

test("faults go on and off", async () => {
  const { faults } = sim.world;
  await faults.add({ cut: { event: 1, ending: "reset" } }, { match: { stream: true } });
  assert.equal((await ask(sim.world)).status, 200);
  await assert.rejects(ask(sim.world, "hi", { stream: true }), /terminated|fetch failed/);
  assert.deepEqual(await faults.replace(["bom"]), [{ bom: {} }]);
  await faults.clear();
  assert.deepEqual(await faults.active(), []);
  assert.match((await ask(sim.world, "hi", { stream: true })).text, /data: \[DONE\]/);
});

test("verify says what is wrong", async () => {
  await ask(sim.world);
  const report = await sim.world.verify({ expect: [{ match: { endpoint: "chat" }, count: 1 }], order: [{ model: MODEL }] });
  assert.equal(report.requests, 1);
  await assert.rejects(sim.world.verify({ expect: [{ match: { endpoint: "chat" }, count: 2 }] }), {
    name: "VerificationError",
    message: "expect[0]: 1 of 1 requests match, expected 2",
  });
  assert.ok(VerificationError.prototype instanceof Error);
});

test("reset says what it threw away", async () => {
  await ask(sim.world);
  assert.equal((await sim.world.reset()).journal_entries, 1);
});

test("errors are the server's words", async () => {
  await assert.rejects(sim.world.create({ scenario: "okk" }), (error) => {
    assert.ok(error instanceof SimulatorError);
    assert.equal(error.status, 404);
    assert.match(error.message, /^There is no scenario 'okk'\. Did you mean 'ok'\?/);
    return true;
  });
  await assert.rejects(sim.world.create({ scenario: "name: x\nrule: 3\n" }), { message: /^scenario:2:1: unknown key 'rule'/m });
});
