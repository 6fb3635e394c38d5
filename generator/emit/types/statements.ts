/**
 * Puts the statements of `types.ts` together from those that openapi-typescript printed for parts of the document: the
 * syntax tree of a large document as a whole takes hundreds of megabytes.
 */

/** The helper of `allOf` with `required`, as openapi-typescript writes it at first use. */
const withRequiredHelper = /^type WithRequired</;

/**
 * Takes any keys: those that `T` lacks, or has in some branch only, add nothing, and `null` in `T` is no object.
 * openapi-typescript's own helper does not compile there, because `keyof (X | null)` is `never`.
 */
const withRequired =
  "type WithRequired<T, K extends PropertyKey> = T & Required<Pick<NonNullable<T>, Extract<K, keyof NonNullable<T>>>>;\n";

/** In the printer's layout a line with this indent and a brace ends the block; the lines inside are indented further. */
const interfaceHead = /^export interface (\S+) \{\n/;

export class TypeStatements {
  /** Members by interface (`paths`), for components by section (`components.schemas`). */
  readonly #members = new Map<string, string[]>();
  /** What stands behind the interfaces, each once. */
  readonly #helpers = new Set<string>();

  /** Takes a statement printed for a part of the document; of `components` it takes the named section. */
  take(statement: string, section: string | undefined): void {
    const [head = "", name = ""] = interfaceHead.exec(statement) ?? [];
    if (name === "components") {
      if (section !== undefined) this.#add(`components.${section}`, sectionMembers(statement, section));
    } else if (head !== "") {
      this.#add(name, statement.slice(head.length, statement.lastIndexOf("}")));
    } else if (!statement.startsWith("export type ")) {
      this.#helpers.add(withRequiredHelper.test(statement) ? withRequired : statement);
    }
  }

  /** The whole file. `frame` is what openapi-typescript prints for a document in which nothing is declared. */
  print(frame: readonly string[]): string {
    const statements = frame.map((statement) => {
      const name = /^export (?:type|interface) (\S+)/.exec(statement)?.[1] ?? "";
      if (name === "components") return this.#fillSections(statement);
      const members = this.#members.get(name);
      return members === undefined ? statement : `export interface ${name} {\n${members.join("")}}\n`;
    });
    return [...statements, ...this.#helpers].join("");
  }

  #fillSections(statement: string): string {
    return statement.replaceAll(/^ {4}(\w+): never;$/gm, (line, section: string) => {
      const members = this.#members.get(`components.${section}`);
      return members === undefined ? line : `    ${section}: {\n${members.join("")}    };`;
    });
  }

  #add(name: string, members: string): void {
    const known = this.#members.get(name);
    if (known === undefined) this.#members.set(name, [members]);
    else known.push(members);
  }
}

function sectionMembers(statement: string, section: string): string {
  const head = `\n    ${section}: {\n`;
  const start = statement.indexOf(head);
  if (start === -1) return "";
  return statement.slice(start + head.length, statement.lastIndexOf("\n    };\n") + 1);
}
