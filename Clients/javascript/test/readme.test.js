// What the README shows works.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const INDEX = new URL("../src/index.js", import.meta.url).href;
const examples = [...README.matchAll(/```js[^\n]*\n\/\/ ([\w-]+\.test\.js)\n(.*?)```/gs)];

test("there are examples", () => {
  assert.deepEqual(examples.map(([, name]) => name), ["chat.test.js", "by-hand.test.js"]);
});

for (const [, name, text] of examples) {
  test(`${name} of the README passes`, async () => {
    const file = join(mkdtempSync(join(tmpdir(), "openrouter-sim-js-")), name.replace(".js", ".mjs"));
    writeFileSync(file, text.replaceAll('"openrouter-sim-testing"', JSON.stringify(INDEX)));
    // A run within a run would report to the outer one.
    const { NODE_TEST_CONTEXT, ...env } = process.env;
    const output = await new Promise((resolve) => {
      execFile(process.execPath, ["--test", "--test-reporter=tap", file], { env }, (error, stdout) =>
        resolve(`${error?.code ?? 0}\n${stdout}`),
      );
    });
    assert.match(output, /^0\n/);
  });
}
