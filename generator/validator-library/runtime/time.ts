/** Formats of RFC 3339: dates, times, durations. */

/** RFC 3339 full-date; months have their own lengths; `inCalendar` checks the 29th of February. */
export const dateText =
  "\\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31|02-29)";

/** True if the day exists. Only for full-dates. */
export function inCalendar(text: string): boolean {
  if (!text.startsWith("-02-29", 4)) return true;
  const year = Number(text.slice(0, 4));
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** RFC 3339 full-time; `onClock` checks seconds of 60. */
export const timeText =
  "(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)";

/** A leap second only at 23:59:60 UTC. Only for full-times, which begin at an index. */
export function onClock(text: string, at: number): boolean {
  if (text.charCodeAt(at + 6) !== 54) return true;
  const zone = text.length - 6;
  const sign = text.charAt(zone);
  const distance = Number(text.slice(zone + 1, zone + 3)) * 60 + Number(text.slice(zone + 4));
  const offset = sign === "+" ? distance : sign === "-" ? -distance : 0;
  const minutes = Number(text.slice(at, at + 2)) * 60 + Number(text.slice(at + 3, at + 5));
  return (minutes - offset + 2880) % 1440 === 1439;
}

// Negated: engines report that nothing matches faster than they record a match.
export const noDateTime = /* @__PURE__ */ (() => new RegExp("^(?!" + dateText + "[Tt]" + timeText + "$)"))();

export function formatDateTime(text: string): boolean {
  return !noDateTime.test(text) && inCalendar(text) && onClock(text, 11);
}

export const noDate = /* @__PURE__ */ (() => new RegExp("^(?!" + dateText + "$)"))();

export function formatDate(text: string): boolean {
  return !noDate.test(text) && inCalendar(text);
}

export const noTime = /* @__PURE__ */ (() => new RegExp("^(?!" + timeText + "$)"))();

export function formatTime(text: string): boolean {
  return !noTime.test(text) && onClock(text, 0);
}

/** ISO 8601 as APIs write it: seconds, the offset and its colon may be left out. */
export const lenientTimeText =
  "(?:[01]\\d|2[0-3]):[0-5]\\d(?::(?:[0-5]\\d|60)(?:[.,]\\d+)?)?(?: ?(?:[Zz]|[+-](?:[01]\\d|2[0-3])(?::?[0-5]\\d)?))?";

export const noLenientDateTime = /* @__PURE__ */ (() =>
  new RegExp("^(?!" + dateText + "[Tt ]" + lenientTimeText + "$)"))();

/** A date and a time, also with a space in place of the T. */
export function formatLenientDateTime(text: string): boolean {
  return !noLenientDateTime.test(text) && inCalendar(text);
}

export const noLenientTime = /* @__PURE__ */ (() => new RegExp("^(?!" + lenientTimeText + "$)"))();

export function formatLenientTime(text: string): boolean {
  return !noLenientTime.test(text);
}

export const durationTime = "T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)";
export const durationDate = "(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)";
export const duration = /* @__PURE__ */ (() =>
  new RegExp("^P(?:\\d+W|" + durationDate + "(?:" + durationTime + ")?|" + durationTime + ")$"))();

/** RFC 3339 appendix A. */
export function formatDuration(text: string): boolean {
  return duration.test(text);
}
