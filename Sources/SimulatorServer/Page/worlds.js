// Worlds: chosen, made, reset, thrown away.

import { baseURL, control, get } from "./api.js";
import { el, field, select, show, table } from "./dom.js";
import { moment, number, plural } from "./format.js";

const shownAtOnce = 500;

export function worldsView(main, page) {
    const list = el("div", { class: "stack" });
    const name = el("input", { name: "name", required: true, pattern: "[A-Za-z0-9._\\-]{1,128}", placeholder: "my-test", spellcheck: "false" });
    const scenario = select([["", "the files' rules"]], { name: "scenario" });
    const seed = el("input", { name: "seed", type: "number", min: 0, step: 1, placeholder: "the server's" });
    const credits = el("input", { name: "credits", type: "number", min: 0, step: "any", placeholder: "plenty" });
    const clock = el("input", { name: "clock", placeholder: "fixed:2026-08-30T09:15:00Z", spellcheck: "false" });

    const load = async () => {
        const { worlds, forgotten } = await get("/worlds");
        page.loadWorlds();
        show(list,
            el("p", {}, plural(worlds.length, "world"), forgotten ? `, ${forgotten} forgotten to make room` : "", worlds.length > shownAtOnce ? `, ${shownAtOnce} shown` : ""),
            table("Worlds", [
                { title: "World", value: (world) => el("a", { href: page.link("journal", [], world.name) }, world.name) },
                { title: "Requests", value: (world) => number(world.requests), number: true },
                { title: "Scenario", value: (world) => world.scenario ?? "" },
                { title: "Clock", value: (world) => `${moment(world.time)} (${world.clock})`, short: true },
                { title: "Faults", value: (world) => world.faults, number: true },
                { title: "Base URL", value: (world) => el("code", {}, baseURL(world.name)), short: true },
                { title: "Change", value: (world) => el("span", { class: "bar" },
                    el("button", { type: "button", "aria-label": `Reset ${world.name}`, onclick: () => change(() => reset(world.name)) }, "Reset"),
                    world.name !== "main" && el("button", { type: "button", "aria-label": `Delete ${world.name}`, onclick: () => change(() => remove(world.name)) }, "Delete")) },
            ], worlds.slice(0, shownAtOnce)));
    };

    const change = (action) => page.attempt(async () => {
        const text = await action();
        await load();
        return text;
    });

    async function reset(world) {
        const { reset: counts } = await control("POST", "/reset", { world });
        return `Reset ${world}: ${Object.entries(counts).filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what.replaceAll("_", " ")}`).join(", ") || "it was as new"}`;
    }

    async function remove(world) {
        await control("DELETE", `/worlds/${encodeURIComponent(world)}`);
        return `Deleted ${world}`;
    }

    async function create() {
        const order = {};
        if (scenario.value) order.scenario = scenario.value;
        if (seed.value) order.seed = Number(seed.value);
        if (credits.value) order.credits = Number(credits.value);
        if (clock.value) order.clock = clock.value;
        await control("PUT", `/worlds/${encodeURIComponent(name.value)}`, {}, order);
        return `Made ${name.value}`;
    }

    const submit = (event) => {
        event.preventDefault();
        change(create);
    };
    show(main,
        el("form", { class: "card fields", onsubmit: submit, "aria-label": "Make a world" },
            field("Name", name, "grow"), field("Scenario", scenario), field("Seed", seed), field("Credits, $", credits), field("Clock", clock, "grow"),
            el("button", { type: "submit", class: "main" }, "Make the world")),
        list);
    page.attempt(async () => {
        const { scenarios } = await get("/scenarios");
        scenario.append(...scenarios.map((item) => el("option", { value: item.name }, item.name)));
        await load();
    });
}
