// What was generated in a world, and what it cost.

import { get } from "./api.js";
import { el, facts, show, table } from "./dom.js";
import { clock, dollars, plural } from "./format.js";

export function generationsView(main, page) {
    const list = el("div", { class: "stack" });
    const detail = el("div", {});

    function open(generation) {
        show(detail, el("article", { class: "card" },
            el("h2", { tabindex: -1, class: "mono" }, generation.id),
            facts(Object.entries(generation).map(([name, value]) => [name, value !== null && typeof value === "object" ? JSON.stringify(value) : value === null ? null : String(value)]), "above")));
        detail.querySelector("h2").focus();
        detail.scrollIntoView({ block: "nearest" });
    }

    const load = () => page.attempt(async () => {
        const { generations, total } = await get("/generations", { world: page.world, limit: 500 });
        show(detail);
        if (!generations.length) return show(list, el("p", { class: "empty" }, "Nothing has been generated in this world yet."));
        const cost = generations.reduce((sum, generation) => sum + Number(generation.total_cost), 0);
        show(list,
            el("p", {}, `${plural(total, "generation")}, `, total > generations.length ? `the latest ${generations.length} shown: ` : "", el("strong", {}, dollars(cost))),
            table("Generations, the newest first", [
                { title: "Time", value: (item) => clock(item.created_at), short: true },
                { title: "Model", value: (item) => item.model },
                { title: "Provider", value: (item) => item.provider_name ?? "" },
                { title: "Prompt", value: (item) => item.tokens_prompt, number: true },
                { title: "Completion", value: (item) => item.tokens_completion, number: true },
                { title: "Cost", value: (item) => dollars(item.total_cost), number: true },
                { title: "Finish", value: (item) => (item.cancelled ? "cancelled" : item.finish_reason ?? ""), short: true },
                { title: "Key", value: (item) => el("code", {}, item.key ?? ""), short: true },
            ], generations, open));
    });

    show(main, el("div", { class: "bar" }, el("button", { type: "button", onclick: load }, "Read again")), detail, list);
    load();
}
