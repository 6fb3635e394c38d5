/** Welch's t-test: do two samples have the same mean? */

/** The statistic; beyond ±4.5 the means differ with all but certainty. */
export function welchT(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [moments(left), moments(right)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / left.length + b.variance / right.length);
}

/** Without the slowest tenth: that is the machine's, not the program's. */
export function cropped(sample: readonly number[]): number[] {
  return [...sample].sort((a, b) => a - b).slice(0, Math.ceil(sample.length * 0.9));
}

function moments(sample: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
  const squares = sample.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (sample.length - 1) };
}
