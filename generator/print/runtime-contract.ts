/** The contract of `lockstep-openapi-runtime` that generated code is printed for (see `runtime/generated-for.ts`). */
export const runtimeContract = 1;

/** The statement by which generated code fails to compile, or to be imported, on a runtime without that contract. */
export const runtimeContractStatement = `\ngeneratedFor(${runtimeContract});`;
