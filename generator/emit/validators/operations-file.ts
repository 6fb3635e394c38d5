/** One file of operations, or of the parameters and responses that they share: what it declares and what it imports. */
import { compareText } from "../../json/json.ts";
import { printModule } from "../../schema/print/module.ts";
import { ValidatorModule } from "../../schema/code/module.ts";
import { type Unit, delegates } from "../../schema/code/steps.ts";
import {
  isLibrarySymbol,
  type LibraryRoom,
  type LibrarySymbol,
} from "../../validator-library/print-library.ts";

/** What a file can import besides functions of schemas, by the file that exports it; types come with `type `. */
export type Sibling = Exclude<LibraryRoom, "runtime"> | "components";

export class OperationsFile {
  readonly module: ValidatorModule<Unit>;
  readonly #declarations: (() => string)[] = [];
  readonly #imports = new Map<Sibling, Set<string>>();
  readonly #types = new Set<string>();

  /** @param path without extension, relative to `validators/` */
  constructor(path: string) {
    this.module = new ValidatorModule<Unit>(path);
  }

  /** Adds a declaration; it is printed when all schemas are compiled. */
  declare(print: () => string): void {
    this.#declarations.push(print);
  }

  /** Notes that the file uses something of a sibling, and gives its name. */
  use(file: Sibling, name: string): string {
    if (this.module.path !== file) this.#imports.set(file, (this.#imports.get(file) ?? new Set()).add(name));
    return name.replace(/^type /, "");
  }

  /** What it uses of the library, but for the functions of schemas. After it is printed. */
  get librarySymbols(): LibrarySymbol[] {
    return [...this.#imports.values()].flatMap((names) =>
      [...names].map((name) => name.replace(/^type /, "")).filter(isLibrarySymbol),
    );
  }

  /** Notes that the file uses an interface of `types.ts`. */
  type(name: "operations" | "paths" | "webhooks"): string {
    this.#types.add(name);
    return name;
  }

  /** The member `ok` of a contract. */
  ok(unit: Unit): string[] {
    return [`ok: ${this.module.call(unit)}`];
  }

  /** Lets other modules' functions know that they are called from here. Before any module is printed. */
  link(): void {
    for (const unit of this.module.units) {
      for (const callee of delegates(unit.steps)) if (callee.module !== this.module) callee.exported = true;
    }
  }

  print(extension: string): string {
    const declarations = this.#declarations.map((print) => print());
    const up = "../".repeat(this.module.path.split("/").length - 1);
    const imports = [...this.#imports]
      .sort(([a], [b]) => compareText(a, b))
      .map(([file, names]) => importLine([...names], `${up === "" ? "./" : up}${file}${extension}`));
    if (this.#types.size > 0) {
      const names = [...this.#types].sort(compareText).join(", ");
      imports.push(`import type { ${names} } from "../${up}types${extension}";`);
    }
    return printModule(this.module, { extension, imports, declarations });
  }
}

function importLine(names: readonly string[], from: string): string {
  const sorted = [...names].sort((a, b) => compareText(a.replace(/^type /, ""), b.replace(/^type /, "")));
  return `import { ${sorted.join(", ")} } from "${from}";`;
}
