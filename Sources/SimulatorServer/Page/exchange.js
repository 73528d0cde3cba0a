// A request and what was answered, side by side.

import { el, facts } from "./dom.js";
import { bytes, duration, moment, plural, pretty, tone } from "./format.js";
import { timeline } from "./timeline.js";

function headers(pairs) {
    if (!pairs?.length) return null;
    return el("details", {}, el("summary", {}, plural(pairs.length, "header field")),
        el("pre", {}, pairs.map(([name, value]) => `${name}: ${value}`).join("\n")));
}

/** The text of a miss; where something differs, what was recorded and what was asked are set apart. */
export function explanation(text) {
    const lines = text.split("\n").map((line) => {
        const [, indent, place, recorded, requested] = line.match(/^(\s+)(.*?): recorded (.*) → requested (.*)$/s) ?? [];
        if (requested === undefined) return `${line}\n`;
        return [
            `${indent}${place}\n`,
            el("span", { class: "bad" }, `${indent}  − recorded   ${recorded}\n`),
            el("span", { class: "good" }, `${indent}  + requested  ${requested}\n`),
        ];
    });
    return el("pre", { class: "miss" }, lines);
}

/** What the deltas of a stream say together, for the APIs of chats. */
export function said(text) {
    let all = "";
    for (const line of text.split(/\r\n|\r|\n/)) {
        if (!line.startsWith("data:")) continue;
        try {
            const data = JSON.parse(line.slice(5));
            const choice = data.choices?.[0];
            all += choice?.delta?.content ?? choice?.text ?? "";
            if (typeof data.delta === "string" && String(data.type).endsWith("output_text.delta")) all += data.delta;
            if (typeof data.delta?.text === "string") all += data.delta.text;
        } catch {
            // The marker at the end, or an event that was broken on purpose.
        }
    }
    return all;
}

function answerColumn(answer) {
    if (!answer) return el("p", { class: "quiet" }, "The answer is not kept: it is still coming, too old, or one with secrets.");
    const text = answer.frames.map((frame) => frame.text ?? "").join("");
    const isBinary = answer.frames.length > 0 && answer.frames.every((frame) => frame.text === undefined);
    const together = said(text);
    return el("div", { class: "stack" },
        headers(answer.headers),
        together && el("p", {}, el("span", { class: "quiet" }, "Says: "), together),
        isBinary ? el("p", { class: "quiet" }, `${bytes(answer.bytes)} that are no text`) : el("pre", {}, text ? pretty(text) : "no body"),
        answer.cut && el("p", { class: "quiet" }, `Cut: ${bytes(answer.bytes)} in all`),
        headers(answer.trailers));
}

/** What the journal, or a cassette, knows of an exchange. */
export function exchange({ request, answer, played, ending, status, faults, children = [] }) {
    return el("div", { class: "stack" },
        children,
        timeline({ answer, played, ending, status, faults }),
        el("div", { class: "columns" },
            el("section", { class: "stack", "aria-label": "Request" },
                el("h3", {}, "Request"),
                headers(request.headers),
                el("pre", {}, request.body ? pretty(request.body) : "no body")),
            el("section", { class: "stack", "aria-label": "Answer" },
                el("h3", {}, "Answer"),
                answerColumn(answer))));
}

/** An entry of the journal, all of it. */
export function entryDetail(entry, attributes = {}) {
    const chip = (text, mark = "") => el("span", { class: `chip ${mark}` }, text);
    const target = entry.path + (entry.query ? `?${entry.query}` : "");
    const chips = el("div", { class: "chips" },
        entry.status !== null && chip(entry.status, tone(entry.status)),
        entry.origin && chip(entry.origin),
        entry.rule && chip(`rule ${entry.rule}`),
        entry.faults.map((fault) => chip(`fault ${fault}`, "warn")),
        entry.ending && entry.ending !== "complete" && chip(`ends with ${entry.ending}`, "bad"),
        entry.played?.cancelled && chip("client left", "bad"),
        entry.miss !== undefined && chip("miss", "bad"),
        entry.error_inside && chip("error inside", "bad"),
        entry.retry && chip(`retry ${entry.retry.attempt} of #${entry.retry.of} after ${duration(entry.retry.wait_us)}`, "warn"));
    return el("article", { class: "card" },
        el("h2", { tabindex: -1, ...attributes }, `${entry.method} ${target}`),
        exchange({
            request: { headers: entry.headers, body: entry.body },
            answer: entry.answer,
            played: entry.played,
            ending: entry.ending,
            status: entry.status,
            faults: entry.faults,
            children: [
                chips,
                facts([
                    ["Entry", `#${entry.id}`],
                    ["Time", moment(entry.time)],
                    ["Model", entry.model],
                    ["Generation", entry.generation_id],
                    ["Outcome", entry.played?.outcome ?? "still playing"],
                    ["Took", duration(entry.played?.duration_us)],
                    ["Sent", bytes(entry.played?.bytes)],
                    ["Asked with", bytes(entry.body_bytes)],
                ]),
                entry.miss && explanation(entry.miss),
            ],
        }));
}
