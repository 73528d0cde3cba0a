// Scenarios: what there are, what they say, and what a client gets of them.

import { baseURL, freshWorld, get } from "./api.js";
import { el, field, select, show } from "./dom.js";
import { plural } from "./format.js";
import { address, play } from "./player.js";
import { Rows } from "./rows.js";

/** Requests for each API with the same meaning. */
const apis = {
    chat: { path: "/api/v1/chat/completions", body: (model, text, stream) => ({ model, stream, messages: [{ role: "user", content: text }] }) },
    responses: { path: "/api/v1/responses", body: (model, text, stream) => ({ model, stream, input: text }) },
    messages: { path: "/api/v1/messages", body: (model, text, stream) => ({ model, stream, max_tokens: 1024, messages: [{ role: "user", content: text }] }) },
    completions: { path: "/api/v1/completions", body: (model, text, stream) => ({ model, stream, prompt: text }) },
};

export function scenariosView(main, page) {
    let scenarios = [];
    const side = el("div", { class: "side" });
    const filter = el("input", { type: "search", class: "grow", placeholder: "Filter", "aria-label": "Filter", oninput: update });
    const rows = new Rows({
        label: "Scenarios",
        isPlain: true,
        make: (scenario) => [
            el("span", {}, scenario.name),
            el("span", { class: "quiet" }, plural(scenario.rules, "rule")),
            el("span", { class: "second" }, scenario.description),
        ],
        key: (scenario) => scenario.name,
        onselect: (scenario) => open(scenario.name),
        onopen: () => { if (getComputedStyle(rows.element.parentElement).display === "none") side.querySelector("h2")?.focus(); },
    });
    const two = el("div", { class: "two" }, el("div", { class: "list" }, rows.element), side);

    function update() {
        const words = filter.value.toLowerCase();
        rows.setItems(scenarios.filter((scenario) => `${scenario.name} ${scenario.description}`.toLowerCase().includes(words)));
    }

    function close() {
        two.classList.remove("open");
        rows.mark(null);
        page.mark([]);
        show(side, el("p", { class: "empty" }, "Choose a scenario to read it and to play it."));
        rows.element.focus();
    }

    async function open(name) {
        rows.mark(name);
        two.classList.add("open");
        page.mark([name]);
        await page.attempt(async () => {
            const source = await get(`/scenarios/${encodeURIComponent(name)}`);
            if (rows.selected === name) show(side, el("button", { type: "button", class: "back", onclick: close }, "Back to the list"), card(name, source));
        });
    }

    function card(name, source) {
        const known = scenarios.find((scenario) => scenario.name === name);
        const api = select(Object.keys(apis), { name: "api" });
        const model = el("input", { name: "model", value: "openai/gpt-4o-mini", spellcheck: "false" });
        const text = el("input", { name: "text", value: "Hello" });
        const stream = el("input", { type: "checkbox", name: "stream", checked: true });
        const output = el("div", { class: "stack", id: "output" });
        const place = el("p", { class: "quiet" });
        let world = null;
        const again = el("button", { type: "button", disabled: true, onclick: () => send(false) }, "Send again in this world");
        const start = el("button", { type: "submit", class: "main" }, "Play in a fresh world");

        async function send(isFresh) {
            start.disabled = again.disabled = true;
            await page.attempt(async () => {
                if (isFresh) world = await freshWorld(name, name);
                show(place, "World ", el("a", { href: page.link("journal", [], world) }, world), ": ", el("code", {}, baseURL(world)));
                const { path, body } = apis[api.value];
                await play(world, { method: "POST", path, body: JSON.stringify(body(model.value, text.value, stream.checked)) }, output);
            });
            start.disabled = false;
            again.disabled = world === null;
        }

        const submit = (event) => {
            event.preventDefault();
            send(true);
        };
        return el("article", { class: "card" },
            el("h2", { tabindex: -1 }, name),
            known && el("p", {}, known.description),
            known && el("p", { class: "quiet" }, `${known.file} · ${plural(known.rules, "rule")}`),
            address(`${location.origin}/s/${encodeURIComponent(name)}/api/v1`, page.tell),
            el("form", { class: "fields", onsubmit: submit },
                field("API", api), field("Model", model, "grow"), field("Message", text, "grow"),
                el("label", {}, stream, "stream"), start, again),
            place, output,
            el("h3", {}, "Source"),
            el("pre", { tabindex: 0 }, source));
    }

    show(main, el("div", { class: "bar" }, filter), two);
    show(side, el("p", { class: "empty" }, "Choose a scenario to read it and to play it."));
    const loading = page.attempt(async () => {
        scenarios = (await get("/scenarios")).scenarios;
        update();
    });
    return { update: async ([name]) => { await loading; if (name && name !== rows.selected) open(name); } };
}
