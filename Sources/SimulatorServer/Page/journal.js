// The journal live: a list of exchanges, and one of them in full.

import { control, get } from "./api.js";
import { el, show } from "./dom.js";
import { entryDetail } from "./exchange.js";
import { bytes, clock, duration, number, tone } from "./format.js";
import { Rows } from "./rows.js";
import { journal } from "./store.js";

export function row(entry) {
    const end = !entry.played ? "playing…" : entry.played.cancelled ? "client left" : entry.ending && entry.ending !== "complete" ? entry.ending : entry.error_inside ? "error inside" : "";
    const notes = [
        entry.miss !== undefined ? "miss" : null,
        entry.rule ?? entry.origin,
        entry.faults.length ? `faults: ${entry.faults.join(", ")}` : null,
        entry.played ? bytes(entry.played.bytes) : null,
        clock(entry.time),
        entry.model ? `${entry.method} ${entry.path}` : null,
    ];
    return [
        el("span", { class: `status ${tone(entry.status)}` }, entry.status ?? "–"),
        el("span", {}, entry.model ?? `${entry.method} ${entry.path}`),
        el("span", { class: "number" }, end && el("strong", { class: entry.played ? "bad" : "quiet" }, `${end} `), duration(entry.played?.duration_us)),
        el("span", { class: "second" }, notes.filter(Boolean).join(" · ")),
    ];
}

function isTrouble(entry) {
    return entry.miss !== undefined || entry.played?.cancelled || entry.faults.length > 0 || entry.error_inside || entry.status === null
        || entry.status >= 400 || Boolean(entry.ending && entry.ending !== "complete");
}

/** Milliseconds from one look for requests in other worlds to the next. */
const lookAround = 2000;
const worldsNamed = 12;

export function journalView(main, page) {
    const side = el("div", { class: "side", "aria-live": "off" });
    const count = el("span", { class: "quiet", id: "count" });
    const filter = el("input", { type: "search", class: "grow", placeholder: "Filter by model, path, rule, status", "aria-label": "Filter", oninput: update });
    const trouble = el("input", { type: "checkbox", onchange: update });
    const paused = el("input", { type: "checkbox", onchange: update });
    const elsewhere = el("p", { id: "elsewhere" });
    const nothing = el("div", { class: "empty stack" },
        el("p", {}, "Nothing has been asked in this world yet. Point a client at it, or play a scenario."), elsewhere);
    const rows = new Rows({
        label: "Exchanges, the newest first",
        make: row,
        key: (entry) => entry.id,
        onselect: (entry) => open(entry.id),
        onopen: (entry) => open(entry.id).then(() => {
            if (two.classList.contains("open") && getComputedStyle(rows.element.parentElement).display === "none") side.querySelector("h2")?.focus();
        }),
    });
    const two = el("div", { class: "two" }, el("div", { class: "list" }, rows.element, nothing), side);
    const clear = () => page.attempt(async () => {
        await control("DELETE", "/journal", { world: page.world });
        journal.clear();
        close();
    });
    let shown = null;
    let wanted = null;
    /** What is said of other worlds. */
    let told = "[]";

    function update() {
        const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
        if (!paused.checked) {
            const matching = journal.entries.filter((entry) => {
                if (trouble.checked && !isTrouble(entry)) return false;
                if (!words.length) return true;
                const text = `${entry.status} ${entry.model} ${entry.method} ${entry.path} ${entry.rule} ${entry.origin} ${entry.ending} ${entry.played?.outcome}`.toLowerCase();
                return words.every((word) => text.includes(word));
            });
            rows.setItems(matching.reverse());
            // Ids count up from 1: what is missing before the first is kept by nobody any more.
            const older = (journal.entries[0]?.id ?? 1) - 1;
            show(count, `${number(matching.length)} of ${number(journal.entries.length)}${older > 0 ? `, ${number(older)} older forgotten` : ""}`);
            const isEmpty = journal.entries.length === 0;
            nothing.hidden = !isEmpty;
            rows.element.hidden = isEmpty;
        }
        // What was looked at while it was being played has an end now.
        if (shown && !shown.played && journal.get(shown.id)?.played && wanted === shown.id) open(shown.id);
    }

    /** Whoever asked by `/s/NAME` or `/w/NAME` looks here first, and is told where the request went. */
    async function look() {
        if (nothing.hidden) return;
        // Without an answer the followed journal has said so already.
        const { worlds } = await get("/worlds").catch(() => ({ worlds: [] }));
        const busy = worlds.filter((world) => world.requests > 0 && world.name !== page.world).slice(0, worldsNamed);
        // A link that is drawn anew loses the click that it is in the middle of.
        const said = JSON.stringify(busy.map((world) => [world.name, world.requests]));
        if (said === told) return;
        told = said;
        show(elsewhere, busy.length > 0 && "Requests came to other worlds: ", busy.map((world, index) =>
            [index > 0 && ", ", el("a", { href: page.link("journal", [], world.name) }, world.name), ` (${world.requests})`]));
    }

    async function open(id) {
        wanted = id;
        rows.mark(id);
        two.classList.add("open");
        page.mark([id]);
        await page.attempt(async () => {
            const entry = await get(`/journal/${id}`, { world: page.world });
            if (wanted !== id) return;
            shown = entry;
            show(side, el("button", { type: "button", class: "back", onclick: close }, "Back to the list"), entryDetail(entry));
        });
    }

    function close() {
        wanted = shown = null;
        rows.mark(null);
        two.classList.remove("open");
        page.mark([]);
        show(side, el("p", { class: "empty" }, "Choose an exchange to see its timeline, its request and its answer."));
        rows.element.focus();
    }

    side.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    show(main,
        el("div", { class: "bar" }, filter,
            el("label", {}, trouble, "Only trouble"),
            el("label", {}, paused, "Hold still"),
            count,
            el("button", { type: "button", onclick: clear }, "Forget all")),
        two);
    show(side, el("p", { class: "empty" }, "Choose an exchange to see its timeline, its request and its answer."));
    journal.addEventListener("change", update);
    update();
    look();
    const looking = setInterval(look, lookAround);
    return {
        close: () => {
            clearInterval(looking);
            journal.removeEventListener("change", update);
        },
        update: ([id]) => { if (id && Number(id) !== wanted) open(Number(id)); },
    };
}
