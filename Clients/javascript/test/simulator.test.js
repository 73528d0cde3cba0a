// Servers: found, started, stopped; cassettes played and recorded.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync } from "node:fs";
import { after, before, test } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { findBinary, startSimulator, withWorld } from "openrouter-sim-testing";

const SKY = "Why is the sky blue? Answer in two or three sentences.";
const folder = mkdtempSync(join(tmpdir(), "openrouter-sim-js-"));
const example = join(folder, "example.cassette");
copyFileSync(fileURLToPath(new URL("../../../cassettes/example.cassette", import.meta.url)), example);

async function ask(world, content) {
  const response = await fetch(`${world.baseURL}/chat/completions`, {
    method: "POST",
    headers: { ...world.headers, "Content-Type": "application/json" },
    body: JSON.stringify({ model: "openai/gpt-4o-mini", messages: [{ role: "user", content }] }),
  });
  await response.text();
  return response.status;
}

let upstream;
before(async () => {
  upstream = await startSimulator();
});
after(() => upstream.stop());

/** In all worlds: the key that is passed on names one there too. */
async function requestsUpstream() {
  const { worlds } = await (await fetch(`${upstream.origin}/_sim/worlds`)).json();
  return worlds.reduce((sum, { requests }) => sum + requests, 0);
}

test("a server is ready when it is there, and ends with 0", async () => {
  const simulator = await startSimulator({ args: ["--clock", "fixed:2026-08-30T09:15:00Z"] });
  assert.ok(simulator.pid > 0);
  const world = await simulator.world({ name: "one" });
  assert.equal(world.baseURL, `${simulator.origin}/w/one/api/v1`);
  assert.equal((await world.clock.now()).toISOString(), "2026-08-30T09:15:00.000Z");
  assert.equal(await simulator.stop(), 0);
  assert.equal(await simulator.stop(), 0);
  await assert.rejects(simulator.world(), /PUT http.*: .*ECONNREFUSED/);
});

test("a server ends with the process that started it, however that ends", async () => {
  const script = `
    import { startSimulator } from ${JSON.stringify(new URL("../src/index.js", import.meta.url).href)};
    const { origin } = await startSimulator();
    process.stdout.write(origin, () => process.kill(process.pid, "SIGKILL"));
  `;
  const { signal, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  assert.equal(signal, "SIGKILL");
  const deadline = Date.now() + 60_000;
  // It looks for its parent five times a second.
  while (await fetch(`${stdout}/_sim/health`).then((response) => response.ok, () => false)) {
    assert.ok(Date.now() < deadline, "it goes on without its parent");
  }
});

test("what a server that does not start says is told", async () => {
  await assert.rejects(startSimulator({ args: ["--timeing", "instant"] }), /ended with 2:\n.*Unknown option/s);
});

test("a running server is used, and left running", async () => {
  const simulator = await startSimulator({ url: upstream.baseURL + "/" });
  assert.equal(simulator.origin, upstream.origin);
  assert.equal(simulator.pid, undefined);
  assert.equal(await simulator.stop(), undefined);
  await withWorld(simulator, {}, async (world) => assert.equal(await ask(world, "hi"), 200));
});

test("a cassette answers, and misses fail with the difference", async () => {
  const simulator = await startSimulator({ cassette: example });
  await withWorld(simulator, {}, async (world) => assert.equal(await ask(world, SKY), 200));
  await assert.rejects(
    withWorld(simulator, {}, (world) => ask(world, "Why is the sky green?")),
    (error) => {
      assert.equal(error.name, "VerificationError");
      assert.match(error.message, /^miss: POST \/api\/v1\/chat\/completions \(openai\/gpt-4o-mini\): this request was never/);
      assert.ok(error.message.includes(`/messages/0/content: recorded "${SKY}" → requested "Why is the sky green?"`));
      return true;
    },
  );
  await withWorld(simulator, { allowMisses: true }, async (world) => assert.equal(await ask(world, "Why?"), 404));
  // An error of the test's own is not hidden behind the miss that it came from.
  const own = withWorld(simulator, {}, async (world) => assert.equal(await ask(world, "Why?"), 200));
  await assert.rejects(own, { code: "ERR_ASSERTION" });
  assert.match(simulator.errors, /miss: POST/);
  await simulator.stop();
});

test("record modes", async () => {
  const cassette = join(folder, "new/session.cassette");
  const options = { cassette, upstream: upstream.baseURL };
  const before = await requestsUpstream();
  async function statuses(recordMode, ...contents) {
    const simulator = await startSimulator({ ...options, recordMode });
    const all = [];
    await withWorld(simulator, { allowMisses: true }, async (world) => {
      for (const content of contents) all.push(await ask(world, content));
    });
    assert.equal(await simulator.stop(), 0);
    return [...all, (await requestsUpstream()) - before];
  }
  await assert.rejects(startSimulator({ cassette }), /^Error: There is no cassette .*session.cassette. Record it with recordMode: "once"/);
  assert.deepEqual(await statuses("once", "one"), [200, 1]);
  assert.deepEqual(await statuses("none", "one", "two"), [200, 404, 1]);
  assert.deepEqual(await statuses("once", "one", "two"), [200, 404, 1]);
  assert.deepEqual(await statuses("new-episodes", "one", "two"), [200, 200, 2]);
  assert.deepEqual(await statuses("none", "one", "two"), [200, 200, 2]);
  assert.deepEqual(await statuses("all", "two"), [200, 3]);
  await assert.rejects(startSimulator({ cassette, recordMode: "often" }), /^Error: recordMode is 'often', expected one of none, once/);
});

test("recording OpenRouter itself needs a key", async (t) => {
  const key = process.env.OPENROUTER_API_KEY;
  delete process.env.OPENROUTER_API_KEY;
  t.after(() => key && (process.env.OPENROUTER_API_KEY = key));
  await assert.rejects(
    startSimulator({ cassette: join(folder, "x.cassette"), recordMode: "once" }),
    /^Error: Recording OpenRouter needs your key in OPENROUTER_API_KEY$/,
  );
});

test("a missing binary is told", () => {
  assert.throws(() => findBinary("/nowhere/x"), /^Error: the option 'binary' names '\/nowhere\/x', which is no program that can be run$/);
});
