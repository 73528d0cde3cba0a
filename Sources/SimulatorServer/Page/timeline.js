// A stream drawn over time: head, frames, gaps, comments, errors, ending, and what became of the client.

import { el, svg, table } from "./dom.js";
import { bytes, duration, number, plural } from "./format.js";

const side = 12;
const base = 96;
const height = 158;
const framesShown = 200;

/** What a frame is to a client that reads events. */
export function kind(text) {
    if (text === undefined) return "other";
    const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== "");
    if (lines.length === 0) return "other";
    if (lines.every((line) => line.startsWith(":"))) return "comment";
    const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
    if (data.some((value) => value === "[DONE]")) return "done";
    if (lines.some((line) => /^event: ?error/.test(line)) || data.some((value) => /^\{"error"|,"error":\{/.test(value))) return "error";
    return data.length ? "data" : "other";
}

const words = { data: "data", comment: "comment", done: "end marker", error: "error", other: "other bytes" };

/** A round step that cuts a length into at most so many parts. */
function step(total, parts) {
    const rough = total / parts;
    const power = 10 ** Math.floor(Math.log10(rough));
    return power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
}

/** What is drawn: times in microseconds, or bytes where all of it leaves at once. */
function plan(answer, played) {
    const frames = answer?.frames ?? [];
    const sends = played?.sends ?? [];
    const client = played?.cancelled?.at_us;
    const end = Math.max(answer?.ending_us ?? 0, client ?? 0);
    const isTimed = !answer || end >= 1000;
    let sum = 0;
    const marks = frames.map((frame) => {
        const start = sum;
        sum += frame.bytes;
        return { at: isTimed ? frame.at_us : start, bytes: frame.bytes, kind: kind(frame.text), text: frame.text };
    });
    const sent = isTimed ? sends.map((send) => ({ at: send.at_us, bytes: send.bytes })) : [];
    const last = isTimed ? Math.max(end, ...sent.map((send) => send.at), played && !answer ? played.duration_us : 0) : sum;
    return { isTimed, marks, sent, client: isTimed ? client : undefined, total: Math.max(last, 1) };
}

/** Frames that fall on one place: a bin, with a bar for each kind among them. */
function bins(marks, x) {
    const found = [];
    for (const mark of marks) {
        const place = x(mark.at);
        let bin = found.at(-1);
        if (!bin || place - bin.x >= 6) {
            bin = { x: place, at: mark.at, to: mark.at, bars: [] };
            found.push(bin);
        }
        bin.to = mark.at;
        const bar = bin.bars.find(({ kind }) => kind === mark.kind);
        if (bar) {
            bar.count += 1;
            bar.bytes += mark.bytes;
        } else {
            bin.bars.push({ kind: mark.kind, count: 1, bytes: mark.bytes, text: mark.text ?? "" });
        }
    }
    return found;
}

function draw(width, exchange) {
    const { answer, played, ending, status } = exchange;
    const { isTimed, marks, sent, client, total } = plan(answer, played);
    const right = width - side - 8;
    const x = (at) => side + (at / total) * (right - side);
    const unit = isTimed ? duration : bytes;
    const parts = [svg("line", { class: "axis", x1: side, x2: right, y1: base, y2: base })];
    const each = step(total, Math.min(8, Math.max(2, Math.floor(width / 90))));
    for (let at = 0, tick = 0; at <= total && tick < 12; tick += 1, at = tick * each) {
        parts.push(svg("line", { class: "axis", x1: x(at), x2: x(at), y1: base, y2: base + 4 }));
        // Nothing runs out of the picture.
        if (x(at) < right - 30) parts.push(svg("text", { x: x(at), y: base + 18, "text-anchor": tick ? "middle" : "start" }, unit(Math.round(at))));
    }
    const binned = bins(marks, x);
    const edges = [{ at: 0, to: 0, x: side }, ...binned];
    if (isTimed) edges.push({ at: answer?.ending_us ?? total, x: x(answer?.ending_us ?? total) });
    for (let index = 1; isTimed && index < edges.length; index += 1) {
        const [before, after] = [edges[index - 1], edges[index]];
        const from = index === 1 ? side : x(before.to) + 6;
        if (after.x - from < 42 || after.at - before.to < 1000) continue;
        parts.push(svg("line", { class: "gap", x1: from + 2, x2: after.x - 3, y1: 44, y2: 44 }));
        parts.push(svg("text", { x: (from + after.x) / 2, y: 39, "text-anchor": "middle" }, duration(after.at - before.to)));
    }
    for (const bin of binned) {
        const start = Math.min(bin.x, right - 6 * bin.bars.length);
        for (const [index, bar] of bin.bars.entries()) {
            const left = start + 6 * index;
            const tall = Math.min(48, 8 + 4 * Math.log2(1 + bar.bytes / 8));
            const what = bar.count > 1 ? `${bar.count} × ${words[bar.kind]}, ${bytes(bar.bytes)}` : `${words[bar.kind]}, ${bytes(bar.bytes)}: ${bar.text.slice(0, 300)}`;
            parts.push(svg("rect", { class: bar.kind, x: left, y: base - tall, width: 5, height: tall, rx: 1 },
                svg("title", {}, `${unit(bin.at)}: ${what}`)));
            if (bar.kind === "error") parts.push(svg("text", { class: "bad", x: left + 2, y: base - tall - 5, "text-anchor": left > width / 2 ? "end" : "start" }, "error"));
            else if (bar.count > 1) parts.push(svg("text", { x: left + 2, y: base - tall - 5, "text-anchor": "middle" }, `×${bar.count}`));
        }
    }
    if (answer?.status) {
        const at = isTimed ? x(answer.head_us) : side;
        parts.push(svg("line", { class: "axis", x1: at, x2: at, y1: 16, y2: base }));
        parts.push(svg("text", { class: "strong", x: Math.min(at + 3, right - 30), y: 26 }, status ?? answer.status));
    }
    for (const send of sent) {
        const at = x(send.at);
        parts.push(svg("path", { class: "sent", d: `M${at} ${base + 26} l4 8 h-8 z` }, svg("title", {}, `sent after ${duration(send.at)}: ${bytes(send.bytes)}`)));
    }
    if (isTimed && sent.length) parts.push(svg("text", { x: side, y: base + 48 }, `▲ handed to the network: ${plural(sent.length, "write")}`));
    if (ending) parts.push(...drawEnding(ending, isTimed ? x(answer?.ending_us ?? total) : right, right));
    if (client !== undefined) {
        parts.push(svg("line", { class: "client", x1: x(client), x2: x(client), y1: 8, y2: base + 22 }));
        const isLate = x(client) > width / 2;
        parts.push(svg("text", { class: "bad", x: x(client) + (isLate ? -4 : 4), y: base + 48, "text-anchor": isLate ? "end" : "start" }, `client left after ${duration(client)}`));
    }
    return svg("svg", { class: "timeline marks", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": summary(exchange) }, parts);
}

/** The sign that a tape's diagram has for the ending. */
function drawEnding(ending, at, right) {
    const place = Math.min(at + 6, right + 6);
    const shape = {
        complete: `M${place} ${base - 30} V${base}`,
        close: `M${place - 3} ${base - 30} q10 15 0 30`,
        reset: `M${place - 6} ${base - 14} l6 -14 l6 14`,
        stall: `M${place - 8} ${base - 14} q4 -10 8 0 t8 0`,
    }[ending];
    const isBroken = ending !== "complete";
    const word = { complete: "complete", close: "closed (FIN)", reset: "reset (RST)", stall: "stalls" }[ending] ?? ending;
    return [
        svg("path", { class: isBroken ? "ending broken" : "ending", d: shape ?? "" }),
        svg("text", { class: isBroken ? "bad" : "", x: Math.max(place + 4, 80), y: 10, "text-anchor": "end" }, word),
    ];
}

/** All of the picture in a sentence. */
export function summary({ answer, played, ending, status, faults = [] }) {
    const frames = answer?.frames ?? [];
    const counts = new Map();
    for (const frame of frames) counts.set(kind(frame.text), (counts.get(kind(frame.text)) ?? 0) + 1);
    const parts = [`Status ${status ?? "none"}`];
    if (answer) parts.push(plural(answer.frame_count, "frame") + (counts.size ? ` (${[...counts].map(([name, count]) => `${count} ${words[name]}`).join(", ")})` : ""));
    if (answer?.ending_us) parts.push(`over ${duration(answer.ending_us)}`);
    if (ending) parts.push(`ending ${ending}`);
    if (faults.length) parts.push(`faults ${faults.join(", ")}`);
    if (played?.cancelled) parts.push(`client left after ${duration(played.cancelled.at_us)} and ${bytes(played.cancelled.after_bytes)}`);
    return parts.join(", ");
}

function legend() {
    const sample = (name) => el("li", {}, svg("svg", { viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("rect", { class: name, x: 2, y: 1, width: 8, height: 10 })), words[name]);
    return el("ul", { class: "legend marks" }, ["data", "comment", "done", "error", "other"].map(sample));
}

/**
 * The picture with what explains it; `exchange` has `answer`, `played`, `ending`, `status` and `faults`, each of which
 * may be missing.
 */
export function timeline(exchange) {
    const { answer } = exchange;
    const picture = el("div", {});
    let drawn = 0;
    new ResizeObserver(() => {
        const width = Math.floor(picture.clientWidth);
        if (width < 100 || Math.abs(width - drawn) < 4) return;
        drawn = width;
        picture.replaceChildren(draw(width, exchange));
    }).observe(picture);
    const isTimed = plan(answer, exchange.played).isTimed;
    const note = !answer ? "The journal does not keep this answer; what is known is when bytes were sent." : isTimed ? null : "Nothing waits in this answer: it is drawn by bytes, not by time.";
    return el("section", { class: "stack", "aria-label": "Timeline" },
        picture,
        legend(),
        note && el("p", { class: "quiet" }, note),
        answer && frames(answer));
}

function frames(answer) {
    const details = el("details", {}, el("summary", {}, `Frames (${number(answer.frame_count)}) and tape diagram`));
    details.addEventListener("toggle", () => {
        if (details.childElementCount > 1) return;
        const shown = answer.frames.slice(0, framesShown).map((frame, index) => ({ ...frame, number: index + 1, gap: frame.at_us - (answer.frames[index - 1]?.at_us ?? answer.head_us) }));
        const more = answer.frame_count - shown.length;
        details.append(
            el("div", { class: "stack" },
                table("Frames", [
                    { title: "#", value: (frame) => frame.number, number: true },
                    { title: "gap", value: (frame) => duration(frame.gap), number: true },
                    { title: "bytes", value: (frame) => frame.bytes, number: true },
                    { title: "kind", value: (frame) => words[kind(frame.text)], short: true },
                    { title: "text", value: (frame) => el("span", { class: "mono" }, frame.text ?? "not text") },
                ], shown),
                more > 0 && el("p", { class: "quiet" }, `${plural(more, "more frame")} not shown`),
                answer.diagram && el("h3", {}, "Tape diagram, a dash for 10 ms"),
                answer.diagram && el("pre", {}, answer.diagram)));
    });
    return details;
}
