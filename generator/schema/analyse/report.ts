/** Collects what the compiler has to say, each diagnostic once. */
import type { Finding } from "../../diagnostics/diagnostic.ts";

export class Report {
  readonly #findings = new Map<string, Finding>();

  /** Adds a finding; the same code at the same pointer counts once, however many functions compile that schema. */
  add(finding: Finding): void {
    const key = `${finding.code} ${finding.pointer} ${finding.message}`;
    if (!this.#findings.has(key)) this.#findings.set(key, finding);
  }

  get findings(): Finding[] {
    return [...this.#findings.values()];
  }
}
