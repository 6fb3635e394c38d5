/** Formats of RFC 3339: dates, times, durations. Read by character codes: an order of magnitude faster than patterns. */

export const timeHelpers = {
  twoDigits: {
    uses: [],
    source: String.raw`
/** The number that two digits write, or NaN. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}`,
  },
  beginsWithDate: {
    uses: ["twoDigits"],
    source: String.raw`
/** RFC 3339 full-date at the start of a text; months have their own lengths. */
function beginsWithDate(text: string): boolean {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  const century = twoDigits(text, 0);
  const year = twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (!(century >= 0 && year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  if (month !== 2) return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
  return day <= (year % 4 === 0 && (year !== 0 || century % 4 === 0) ? 29 : 28);
}`,
  },
  timeAt: {
    uses: ["twoDigits"],
    source: String.raw`
/** RFC 3339 full-time from here to the end; a leap second only at 23:59:60 UTC. */
function timeAt(text: string, at: number): boolean {
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return false;
  const hour = twoDigits(text, at);
  const minute = twoDigits(text, at + 3);
  const second = twoDigits(text, at + 6);
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return false;
  let zone = at + 8;
  let code = text.charCodeAt(zone);
  if (code === 46) {
    const start = ++zone;
    while ((code = text.charCodeAt(zone)) >= 48 && code <= 57) zone++;
    if (zone === start) return false;
  }
  let offset = 0;
  if (code === 43 || code === 45) {
    const hours = twoDigits(text, zone + 1);
    const minutes = twoDigits(text, zone + 4);
    if (text.length !== zone + 6 || text.charCodeAt(zone + 3) !== 58 || !(hours <= 23 && minutes <= 59)) return false;
    offset = (code === 43 ? 1 : -1) * (hours * 60 + minutes);
  } else if ((code | 32) !== 122 || text.length !== zone + 1) return false;
  return second < 60 || (hour * 60 + minute - offset + 2880) % 1440 === 1439;
}`,
  },
  formatDateTime: {
    uses: ["beginsWithDate", "timeAt"],
    source: String.raw`
export function formatDateTime(text: string): boolean {
  return (text.charCodeAt(10) | 32) === 116 && beginsWithDate(text) && timeAt(text, 11);
}`,
  },
  formatDate: {
    uses: ["beginsWithDate"],
    source: String.raw`
export function formatDate(text: string): boolean {
  return text.length === 10 && beginsWithDate(text);
}`,
  },
  formatTime: {
    uses: ["timeAt"],
    source: String.raw`
export function formatTime(text: string): boolean {
  return timeAt(text, 0);
}`,
  },
  formatDuration: {
    uses: [],
    source: String.raw`
const durationTime = "T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)";
const durationDate = "(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)";
const duration = /* @__PURE__ */ new RegExp("^P(?:\\d+W|" + durationDate + "(?:" + durationTime + ")?|" + durationTime + ")$");

/** RFC 3339 appendix A. */
export function formatDuration(text: string): boolean {
  return duration.test(text);
}`,
  },
} as const;
