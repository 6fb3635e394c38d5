/** Operation × code: what was kept, what was broken, and what nothing reached. */
import type { ApiModel, Operation } from "../model/api-model.ts";

/** `reached` alone never comes out of nothing: a response of this kind was seen and every promise about it kept. */
export type CellState = "kept" | "broken" | "not-reached";

export interface Cell {
  readonly operation: string;
  /** As declared: `404`, `4XX` or `default`. */
  readonly status: string;
  /** `null`: responses without a code. */
  readonly code: string | null;
  state: CellState;
}

export class Matrix {
  readonly cells: readonly Cell[];
  readonly #byKey = new Map<string, Cell>();

  constructor({ operations }: Pick<ApiModel, "operations">) {
    for (const operation of operations) {
      for (const { status, code } of declaredPairs(operation)) {
        const cell: Cell = { operation: operation.id, status, code, state: "not-reached" };
        this.#byKey.set(keyOf(operation.id, status, code), cell);
      }
    }
    this.cells = [...this.#byKey.values()];
  }

  keep(operation: string, status: string, code: string | undefined): void {
    const cell = this.#find(operation, status, code);
    if (cell?.state === "not-reached") cell.state = "kept";
  }

  break(operation: string, status: string, code: string | undefined): void {
    const cell = this.#find(operation, status, code);
    if (cell !== undefined) cell.state = "broken";
  }

  #find(operation: string, status: string, code: string | undefined): Cell | undefined {
    return (
      this.#byKey.get(keyOf(operation, status, code ?? null)) ??
      this.#byKey.get(keyOf(operation, status, null))
    );
  }
}

function keyOf(operation: string, status: string, code: string | null): string {
  return JSON.stringify([operation, status, code]);
}

/** Every error, and every response that carries no code. */
export function declaredPairs({
  errors,
  responses,
}: Operation): { readonly status: string; readonly code: string | null }[] {
  const coded = new Set(errors.map(({ status }) => status));
  return [
    ...responses.filter(({ status }) => !coded.has(status)).map(({ status }) => ({ status, code: null })),
    ...errors.map(({ status, code }) => ({ status, code })),
  ];
}
