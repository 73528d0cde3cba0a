// Numbers and times for people.

export function duration(microseconds) {
    if (microseconds === undefined || microseconds === null) return "";
    if (microseconds < 1000) return `${Math.round(microseconds)} µs`;
    if (microseconds < 10_000) return `${(microseconds / 1000).toFixed(1)} ms`;
    if (microseconds < 1_000_000) return `${Math.round(microseconds / 1000)} ms`;
    return `${(microseconds / 1_000_000).toFixed(microseconds < 10_000_000 ? 2 : 1)} s`;
}

export function bytes(count) {
    if (count === undefined || count === null) return "";
    if (count < 1024) return `${count} B`;
    if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KiB`;
    return `${(count / 1024 / 1024).toFixed(1)} MiB`;
}

export function dollars(amount) {
    if (amount === undefined || amount === null) return "";
    const value = Number(amount);
    if (value === 0) return "$0";
    return Math.abs(value) >= 1 ? `$${value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}` : `$${Number(value.toPrecision(6)).toFixed(10).replace(/0+$/, "")}`;
}

/** Date and time of day, to the millisecond. */
export function moment(time) {
    return time ? `${time.slice(0, 10)} ${time.slice(11, 23)}` : "";
}

/** The time of day, to the millisecond. */
export function clock(time) {
    return time ? time.slice(11, 23) : "";
}

export function plural(count, one, many = `${one}s`) {
    return `${number(count)} ${count === 1 ? one : many}`;
}

export function number(value) {
    return value.toLocaleString("en");
}

/** JSON indented; anything else as it is. */
export function pretty(text) {
    try {
        return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
        return text;
    }
}

/** The class of a status. */
export function tone(status) {
    if (status === null || status === undefined) return "warn";
    return status < 300 ? "good" : status < 400 ? "warn" : "bad";
}
