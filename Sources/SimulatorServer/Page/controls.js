// A world's clock and the faults that are on in it.

import { control, get } from "./api.js";
import { el, field, select, show, table } from "./dom.js";

export function controlsView(main, page) {
    const time = el("p", {});
    const faults = el("div", { class: "stack" });
    const advance = el("input", { name: "advance", value: "90s", spellcheck: "false", size: 8 });
    const fixed = el("input", { name: "fixed", placeholder: "2026-08-30T09:15:00Z", spellcheck: "false" });
    const fault = select([], { name: "fault" });
    const parameters = el("input", { name: "parameters", placeholder: "200ms, or {\"byte\": 100}", spellcheck: "false" });
    const model = el("input", { name: "model", placeholder: "every request", spellcheck: "false" });

    function showClock(clock) {
        const now = el("time", { datetime: clock.time, class: "mono" }, clock.time);
        show(time, now, ` (${clock.clock})`, clock.before ? el("span", { class: "quiet" }, `, before ${clock.before}`) : null);
    }

    function showFaults(answer) {
        if (!fault.childElementCount) fault.append(...answer.available.map((name) => el("option", { value: name }, name)));
        show(faults, answer.faults.length
            ? table("Faults that are on, in the order in which they are applied", [
                { title: "Fault", value: (row) => Object.keys(row.fault)[0] },
                { title: "Parameters", value: (row) => el("code", {}, JSON.stringify(Object.values(row.fault)[0])) },
                { title: "Requests", value: (row) => row.match ? el("code", {}, JSON.stringify(row.match)) : "all" },
            ], answer.faults.map((fault, index) => ({ fault, match: answer.matches[index] })))
            : el("p", { class: "empty" }, "No faults are on: answers come as they are."));
    }

    const move = (change) => page.attempt(async () => showClock(await control("POST", "/clock", { world: page.world }, change)));
    const button = (text, change) => el("button", { type: "button", onclick: () => move(change) }, text);

    /** Parameters as JSON, or as one plain value. */
    function order() {
        const text = parameters.value.trim();
        if (!text) return fault.value;
        try {
            return { [fault.value]: JSON.parse(text) };
        } catch {
            return { [fault.value]: text };
        }
    }

    const switchOn = (event) => {
        event.preventDefault();
        page.attempt(async () => {
            const body = { faults: [order()] };
            if (model.value.trim()) body.match = { model: model.value.trim() };
            showFaults(await control("POST", "/faults", { world: page.world }, body));
        });
    };
    const switchOff = () => page.attempt(async () => showFaults(await control("DELETE", "/faults", { world: page.world })));
    const submit = (change) => (event) => {
        event.preventDefault();
        move(change());
    };

    show(main,
        el("section", { class: "card", "aria-label": "Clock" },
            el("h2", {}, "Clock"), time,
            el("div", { class: "bar" }, button("+ 1 minute", { advance: "1m" }), button("+ 1 hour", { advance: "1h" }), button("+ 1 day", { advance: "24h" }),
                button("Freeze", { freeze: true }), button("Resume", { resume: true }), button("The machine's time", { system: true })),
            el("form", { class: "fields", onsubmit: submit(() => ({ advance: advance.value })) }, field("Move by", advance), el("button", { type: "submit" }, "Move")),
            el("form", { class: "fields", onsubmit: submit(() => ({ fixed: fixed.value })) }, field("Stand still at", fixed, "grow"), el("button", { type: "submit" }, "Stand still"))),
        el("section", { class: "card", "aria-label": "Faults" },
            el("h2", {}, "Faults"), faults,
            el("form", { class: "fields", onsubmit: switchOn },
                field("Fault", fault), field("Parameters", parameters, "grow"), field("For the model", model, "grow"),
                el("button", { type: "submit", class: "main" }, "Switch on"),
                el("button", { type: "button", onclick: switchOff }, "Switch all off"))));
    page.attempt(async () => {
        showClock(await get("/clock", { world: page.world }));
        showFaults(await get("/faults", { world: page.world }));
    });
}
