// Cassettes: which files are played, and the recordings in them.

import { freshWorld, get } from "./api.js";
import { el, facts, show, table } from "./dom.js";
import { exchange } from "./exchange.js";
import { bytes, moment, plural, tone } from "./format.js";
import { play } from "./player.js";
import { Rows } from "./rows.js";

export function cassettesView(main, page) {
    const files = el("div", { class: "stack" });
    const side = el("div", { class: "side" });
    const rows = new Rows({
        label: "Recordings",
        make: (recording) => [
            el("span", { class: `status ${tone(recording.status)}` }, recording.status ?? "–"),
            el("span", {}, recording.model ?? recording.target),
            el("span", {}, recording.ending === "complete" ? "" : el("strong", { class: "bad" }, recording.ending)),
            el("span", { class: "second" }, `#${recording.id} · ${recording.method} ${recording.target} · ${bytes(recording.response_bytes)} · ${moment(recording.recorded_at)}`),
        ],
        key: (recording) => recording.id,
        onselect: (recording) => open(cassette, recording.id),
        onopen: () => { if (getComputedStyle(rows.element.parentElement).display === "none") side.querySelector("h2")?.focus(); },
    });
    const more = el("button", { type: "button", hidden: true, onclick: () => page.attempt(loadMore) }, "More recordings");
    const two = el("div", { class: "two", hidden: true }, el("div", { class: "list" }, rows.element, more), side);
    let cassette = null;
    let recordings = [];

    async function loadMore() {
        const answer = await get(`/cassettes/${cassette}/recordings`, { after: recordings.at(-1)?.id ?? 0 });
        recordings = recordings.concat(answer.recordings);
        rows.setItems(recordings);
        more.hidden = recordings.length >= answer.total || answer.recordings.length === 0;
    }

    const browse = (id) => page.attempt(async () => {
        if (cassette === id) return;
        cassette = id;
        recordings = [];
        two.hidden = false;
        two.classList.remove("open");
        rows.mark(null);
        page.mark([id]);
        show(side, el("p", { class: "empty" }, "Choose a recording to see it and to play it."));
        await loadMore();
    });

    function close() {
        two.classList.remove("open");
        rows.mark(null);
        page.mark([cassette]);
        show(side, el("p", { class: "empty" }, "Choose a recording to see it and to play it."));
        rows.element.focus();
    }

    const open = (file, id) => page.attempt(async () => {
        rows.mark(id);
        two.classList.add("open");
        page.mark([file, id]);
        const recording = await get(`/cassettes/${file}/recordings/${id}`);
        if (rows.selected === id) show(side, el("button", { type: "button", class: "back", onclick: close }, "Back to the list"), card(recording));
    });

    function card(recording) {
        const { request, answer } = recording;
        const output = el("div", { class: "stack", id: "output" });
        const start = el("button", { type: "button", class: "main", onclick: () => page.attempt(async () => {
            start.disabled = true;
            try {
                const world = await freshWorld("cassette");
                const type = request.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
                await play(world, { method: request.method, path: request.target, body: request.body, headers: type ? { "content-type": type } : {} }, output);
            } finally {
                start.disabled = false;
            }
        }) }, "Play in a fresh world");
        return el("article", { class: "card" },
            el("h2", { tabindex: -1 }, `${request.method} ${request.target}`),
            facts([["Recording", `#${recording.id}`], ["File", recording.path], ["Upstream", recording.upstream], ["Completion", recording.completion], ["Ending", answer.ending]]),
            el("div", { class: "bar" }, start),
            output,
            exchange({ request, answer, ending: answer.ending, status: answer.status }));
    }

    show(main, files, two);
    const loading = page.attempt(async () => {
        const { cassettes } = await get("/cassettes");
        if (!cassettes.length) return show(files, el("p", { class: "empty" }, "This server plays no cassettes. Start it with one: openrouter-sim serve FILE"));
        show(files, table("Cassettes", [
            { title: "File", value: (item) => item.path },
            { title: "Recordings", value: (item) => plural(item.recordings, "recording"), number: true },
        ], cassettes, (item) => browse(item.id)));
        if (cassettes.length === 1) await browse(cassettes[0].id);
    });
    return { update: async ([file, id]) => {
        await loading;
        if (file) await browse(Number(file));
        if (id && Number(id) !== rows.selected) open(Number(file), Number(id));
    } };
}
