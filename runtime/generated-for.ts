/** The contract between generated code and this runtime: a number that generated code states when it is imported. */

/** The contracts that this runtime supports. Another number in generated code does not compile. */
export type SupportedContract = 1;

const newest: number = 1 satisfies SupportedContract;
const supported: readonly number[] = [newest];

/**
 * Called by generated code when it is imported, with the contract that it was printed for.
 *
 * @throws Error with the command that repairs it, where this runtime does not support the contract.
 */
export function generatedFor(contract: SupportedContract): void {
  if (supported.includes(contract)) return;
  const repair = contract > newest ? "npm install lockstep-openapi-runtime@latest" : "npx lockstep generate";
  throw new Error(
    `This code was generated for runtime contract ${contract}; the installed lockstep-openapi-runtime supports ` +
      `${supported.join(", ")}. Run \`${repair}\`.`,
  );
}
