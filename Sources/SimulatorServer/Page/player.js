// Sends a request from the page and shows what came of it.

import { baseURL, get, RefusalError } from "./api.js";
import { el, show } from "./dom.js";
import { entryDetail, said } from "./exchange.js";
import { pretty, tone } from "./format.js";

/** Silence after which the page leaves, as a client would. */
const patience = 10_000;

/** The key that the page asks with; a server that knows only certain keys refuses it. */
const pageKey = "sk-or-v1-page";

/**
 * Sends one request in a world, shows the answer as it comes, then what the journal has of it.
 *
 * `request` has `method`, `path` below the world, `body` and `headers`.
 */
export async function play(world, request, output) {
    const line = el("p", { class: "status" }, "Sending…");
    const text = el("pre", { "aria-label": "Received" });
    show(output, line, text);
    const leaving = new AbortController();
    let timer = setTimeout(() => leaving.abort(), patience);
    let raw = "";
    let outcome = "";
    let response = null;
    try {
        response = await fetch(world === "main" ? request.path : `/w/${encodeURIComponent(world)}${request.path}`, {
            method: request.method,
            headers: { "content-type": "application/json", ...request.headers, authorization: `Bearer ${pageKey}` },
            body: request.body || undefined,
            signal: leaving.signal,
        });
        show(line, `${response.status} ${response.statusText}`);
        line.className = `status ${tone(response.status)}`;
        const decoder = new TextDecoder();
        for (const reader = response.body.getReader(); ;) {
            const { done, value } = await reader.read();
            if (done) break;
            clearTimeout(timer);
            timer = setTimeout(() => leaving.abort(), patience);
            raw += decoder.decode(value, { stream: true });
            show(text, (said(raw) || raw).slice(0, 100_000));
        }
        if (!said(raw)) show(text, raw ? pretty(raw).slice(0, 100_000) : "no body");
    } catch (error) {
        outcome = leaving.signal.aborted ? `Nothing came for ${patience / 1000} s, so the page left` : `The connection broke: ${error.message}`;
        line.className = "status bad";
        show(line, response ? `${response.status} ${response.statusText}: ${outcome}` : outcome);
    } finally {
        clearTimeout(timer);
    }
    const entry = await latest(world);
    if (entry) output.append(entryDetail(entry));
}

/** The newest entry of a world's journal, once it has been played or shortly after. */
async function latest(world) {
    try {
        for (let attempt = 0; ; attempt += 1) {
            const { entries } = await get("/journal", { world, limit: 1, brief: 1 });
            if (!entries.length) return null;
            if (entries[0].played || attempt === 10) return await get(`/journal/${entries[0].id}`, { world });
            await new Promise((resume) => setTimeout(resume, 50));
        }
    } catch (error) {
        if (error instanceof RefusalError) return null;
        throw error;
    }
}

/** The line that points a client at a world, with a button that copies it. */
export function address(url, tell) {
    const text = el("input", { type: "text", readonly: true, value: url, "aria-label": "Base URL", class: "grow mono" });
    const copy = async () => {
        text.select();
        try {
            await navigator.clipboard.writeText(url);
            tell("Copied the base URL");
        } catch {
            tell("Select the base URL and copy it: the browser does not let the page do that");
        }
    };
    return el("div", { class: "bar" }, text, el("button", { type: "button", onclick: copy }, "Copy base URL"));
}

export { baseURL };
