/** Punycode (RFC 3492), as far as host names need it. */

/** RFC 3492 §6.2, for the part of an A-label after "xn--"; undefined where it decodes to nothing. */
export function decodePunycode(text: string): string | undefined {
  const dash = text.lastIndexOf("-");
  const output = dash > 0 ? Array.from(text.slice(0, dash), (char) => char.charCodeAt(0)) : [];
  let code = 128;
  let delta = 0;
  let bias = 72;
  for (let i = dash > 0 ? dash + 1 : 0; i < text.length;) {
    const before = delta;
    for (let weight = 1, k = 36; ; k += 36) {
      const char = text.charCodeAt(i++) | 32;
      const digit = char >= 97 && char <= 122 ? char - 97 : char >= 48 && char <= 57 ? char - 22 : NaN;
      delta += digit * weight;
      if (!(delta < 2 ** 31)) return undefined;
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const size = output.length + 1;
    bias = adapt(delta - before, size, before === 0);
    code += Math.floor(delta / size);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    delta %= size;
    output.splice(delta++, 0, code);
  }
  return output.map((one) => String.fromCodePoint(one)).join("");
}

/** RFC 3492 §6.3: how long the A-label of a U-label is, without "xn--". */
export function punycodeLength(text: string): number {
  const input = Array.from(text, (char) => char.codePointAt(0) ?? 0);
  const basic = input.filter((code) => code < 128).length;
  let length = basic === 0 ? 0 : basic + 1;
  let delta = 0;
  let bias = 72;
  let next = 128;
  for (let handled = basic; handled < input.length; delta++, next++) {
    const least = input.reduce((so, code) => (code >= next && code < so ? code : so), Infinity);
    delta += (least - next) * (handled + 1);
    next = least;
    for (const code of input) {
      if (code < next) delta++;
      if (code !== next) continue;
      let rest = delta;
      for (let k = 36; ; k += 36) {
        length++;
        const threshold = Math.min(26, Math.max(1, k - bias));
        if (rest < threshold) break;
        rest = Math.floor((rest - threshold) / (36 - threshold));
      }
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
  }
  return length;
}

export function adapt(delta: number, size: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? 700 : 2));
  rest += Math.floor(rest / size);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
