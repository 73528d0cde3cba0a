// Requests that no recording answered, each with what came nearest.

import { get } from "./api.js";
import { el, show } from "./dom.js";
import { explanation } from "./exchange.js";
import { clock, plural, pretty } from "./format.js";
import { journal } from "./store.js";

const shownAtOnce = 50;

export function missesView(main, page) {
    const list = el("div", { class: "stack" });
    let known = -1;

    async function load() {
        await page.attempt(async () => {
            const { misses } = await get("/misses", { world: page.world });
            const latest = misses.slice(-shownAtOnce).reverse();
            if (!misses.length) return show(list, el("p", { class: "empty" }, "No misses: every request that needed a recording had one."));
            show(list,
                el("p", {}, plural(misses.length, "miss", "misses"), misses.length > latest.length ? `, the latest ${latest.length} shown` : ""),
                latest.map((miss) => el("article", { class: "card" },
                    el("h2", {}, `${miss.method} ${miss.path}`),
                    el("p", { class: "quiet" }, [miss.model, clock(miss.time)].filter(Boolean).join(" · "), " · ", el("a", { href: page.link("journal", [miss.id]) }, `#${miss.id}`)),
                    explanation(miss.miss),
                    el("details", {}, el("summary", {}, "Request"), el("pre", {}, miss.body ? pretty(miss.body) : "no body")))));
        });
    }

    function changed() {
        const count = journal.entries.reduce((sum, entry) => sum + (entry.miss !== undefined && entry.played ? 1 : 0), 0);
        if (count === known) return;
        known = count;
        load();
    }

    show(main, list);
    journal.addEventListener("change", changed);
    load();
    return { close: () => journal.removeEventListener("change", changed) };
}
