/** The part of the validators that follows from operations: requests and responses, in one file for each tag. */
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { pascalCase, uniqueNames } from "../../json/identifier.ts";
import type { JsonObject } from "../../json/json.ts";
import { pointerTokens } from "../../json/pointer.ts";
import type { ApiModel, Header, Operation, Parameter, Pointer, Response } from "../../model/api-model.ts";
import { commentText, propertyKey, stringLiteral } from "../../print/literal.ts";
import type { Direction } from "../../schema/analyse/scope.ts";
import type { Compiler } from "../../schema/compile/compiler.ts";
import type { ValidatorModule } from "../../schema/code/module.ts";
import { typesOf, type LibrarySymbol } from "../../validator-library/print-library.ts";
import type { GeneratedFile } from "../emitter.ts";
import { BodyPrinter } from "./operations-bodies.ts";
import { OperationsFile } from "./operations-file.ts";
import { groupOperations } from "./operations-groups.ts";
import { UncheckedBodies } from "./operations-media.ts";
import { UncheckedParts } from "./operations-unchecked.ts";
import { ParameterPrinter, takesRest } from "./parameters.ts";
import { ShapeReader } from "./parameters-shape.ts";

type Print = () => string;

/** What the API receives, and what it sends. */
type Room = "operations" | "webhooks";

const places = ["path", "query", "header", "cookie"] as const;
const statusKey = /^(?:[1-5]\d\d|[1-5]XX|default)$/;

/** Everything that validates messages. Made before the compiler's `finish`, printed after it. */
export class OperationValidators {
  readonly #document: JsonObject;
  readonly #shapes: ShapeReader;
  readonly #parameters: ParameterPrinter;
  readonly #bodies: BodyPrinter;
  readonly #unchecked = new UncheckedBodies();
  readonly #findings: Finding[] = [];
  readonly #components = new OperationsFile("components");
  readonly #shared = new Map<string, string>();
  readonly #uniqueName = uniqueNames();
  readonly #files: readonly OperationsFile[];
  readonly #webhooks: readonly OperationsFile[];
  /** Known once all findings are. */
  #uncheckedParts: UncheckedParts | undefined;
  /** Parameters of the query that hold an API key, by scheme. */
  readonly #queryKeys: ReadonlyMap<string, string>;

  constructor(model: ApiModel, compiler: Compiler) {
    this.#document = model.document;
    this.#shapes = new ShapeReader(model.document);
    this.#parameters = new ParameterPrinter(model.document, compiler, this.#shapes);
    this.#bodies = new BodyPrinter(compiler, this.#shapes, this.#unchecked);
    this.#queryKeys = new Map(
      model.securitySchemes.flatMap(({ name, in: place, parameterName }) =>
        place === "query" && parameterName !== undefined ? [[name, parameterName] as const] : [],
      ),
    );
    this.#files = this.#compile("operations", model.operations);
    this.#webhooks = this.#compile("webhooks", model.webhooks);
  }

  #compile(room: Room, all: readonly Operation[]): OperationsFile[] {
    return [...groupOperations(all)].map(([name, operations]) => {
      const file = new OperationsFile(`${room}/${name}`);
      for (const operation of operations) this.#operation(file, room, operation);
      return file;
    });
  }

  get findings(): readonly Finding[] {
    return [...this.#findings, ...this.#parameters.findings, ...this.#unchecked.findings];
  }

  /** The modules that are printed. After `print`. */
  get modules(): readonly ValidatorModule[] {
    return this.#printed.map((file) => file.module);
  }

  /** What the files use of the library. After `print`. */
  get librarySymbols(): readonly LibrarySymbol[] {
    if (this.#printed.length === 0) return [];
    return [...typesOf("http"), "HeaderLookup", ...this.#printed.flatMap((file) => file.librarySymbols)];
  }

  get #printed(): readonly OperationsFile[] {
    const files = [...this.#files, ...this.#webhooks];
    return this.#shared.size > 0 ? [...files, this.#components] : files;
  }

  /**
   * All files. To be called once, before the compiler's own `schemas` module is printed.
   *
   * @param findings of all validators
   */
  print(extension: string, findings: readonly Finding[]): GeneratedFile[] {
    this.#uncheckedParts = new UncheckedParts(this.#document, findings);
    for (const file of [...this.#files, ...this.#webhooks, this.#components]) file.link();
    const texts = this.#printed.map((file): GeneratedFile => ({
      path: `validators/${file.module.path}.ts`,
      content: file.print(extension),
    }));
    return [
      ...printBarrel("operations", this.#files, extension),
      ...printBarrel("webhooks", this.#webhooks, extension),
      ...texts,
    ];
  }

  #operation(file: OperationsFile, room: Room, operation: Operation): void {
    const request = this.#request(file, operation, room === "operations" ? "request" : "response");
    const responses = this.#responses(file, operation, room === "operations" ? "response" : "request");
    const { method, path, identifier } = operation;
    const route = `${method.toUpperCase()} ${path}`.replace(/\s+/g, " ");
    file.declare(() => {
      const type = room === "operations" ? operationType(file, operation) : webhookType(file, operation);
      const declare = (name: string, validator: LibrarySymbol, contract: string): string => {
        const made = file.use("http", validator);
        return exported(name, `${made}<${type}>`, `/* @__PURE__ */ new ${made}(${contract});`);
      };
      return [
        `/** \`${commentText(route)}\` */`,
        declare(`${identifier}Request`, "RequestValidator", request()),
        declare(`${identifier}Responses`, "ResponsesValidator", responses()),
      ].join("\n");
    });
  }

  /** @param view of the body: what the API sends is what it would give in a response */
  #request(file: OperationsFile, operation: Operation, view: Direction): Print {
    const wish = pascalCase(operation.identifier);
    const parts = places.map((place) => {
      const parameters = operation.parameters.filter((parameter) => parameter.in === place);
      const ordered = parameters.sort((a, b) => Number(this.#isGreedy(a)) - Number(this.#isGreedy(b)));
      return [place, ordered.map((parameter) => this.#parameter(file, wish, parameter))] as const;
    });
    const { requestBody, security } = operation;
    const keys = security.flatMap(({ schemes }) =>
      schemes.flatMap(({ scheme }) => this.#queryKeys.get(scheme) ?? []),
    );
    const content =
      requestBody === undefined
        ? undefined
        : this.#bodies.content(file, `${wish}Body`, requestBody.content, view);
    return () => {
      const members = parts.flatMap(([place, prints]) =>
        prints.length === 0 ? [] : [`  ${place}: [${prints.map((print) => print()).join(", ")}],\n`],
      );
      if (keys.length > 0)
        members.push(`  queryKeys: [${[...new Set(keys)].map((key) => stringLiteral(key)).join(", ")}],\n`);
      if (content !== undefined) {
        const required = requestBody?.required === true ? "required: true, " : "";
        members.push(`  body: { ${required}${content()} },\n`);
      }
      const unchecked = this.#uncheckedParts?.of(operation) ?? [];
      if (unchecked.length > 0)
        members.push(`  unchecked: [${unchecked.map((part) => stringLiteral(part)).join(", ")}],\n`);
      return members.length === 0 ? "{}" : `{\n${members.join("")}}`;
    };
  }

  #isGreedy(parameter: Parameter): boolean {
    return takesRest(this.#shapes.read(parameter.schema), this.#parameters.readerOf(parameter));
  }

  #parameter(file: OperationsFile, wish: string, parameter: Parameter): Print {
    return this.#sharing(file, parameter.pointer, "parameter", parameter.name, "Parameter", (owner, shared) =>
      this.#parameters.contract(owner, shared ?? wish + pascalCase(parameter.name), {
        ...parameter,
        reader: this.#parameters.readerOf(parameter),
        direction: "request",
      }),
    );
  }

  #responses(file: OperationsFile, operation: Operation, view: Direction): Print {
    const wish = pascalCase(operation.identifier);
    const isHead = operation.method === "head";
    const prints = operation.responses.flatMap((response) => {
      if (statusKey.test(response.status))
        return [[response.status, this.#response(file, wish, response, view)] as const];
      this.#findings.push({
        code: "lockstep/response-status",
        pointer: response.pointer,
        message: `${stringLiteral(response.status)} is not a status; no response can match it.`,
      });
      return [];
    });
    return () => {
      const members = prints.map(([status, print]) => {
        const contract = print();
        const whole = isHead ? `{ ...${contract}, bodiless: true }` : contract;
        return `  ${propertyKey(status)}: ${whole},\n`;
      });
      return members.length === 0 ? "{}" : `{\n${members.join("")}}`;
    };
  }

  #response(file: OperationsFile, wish: string, response: Response, view: Direction): Print {
    const { status, headers, content, pointer } = response;
    const variant = view === "response" ? "" : view;
    return this.#sharing(file, pointer, "response", variant, "ResponseContract", (owner, shared) => {
      const base = shared ?? wish + pascalCase(status);
      const fields = headers.map((header) => this.#header(owner, base, header));
      const bodies = content.length === 0 ? undefined : this.#bodies.content(owner, base, content, view);
      return () => {
        const members = [
          ...(bodies === undefined ? [] : [bodies()]),
          ...(fields.length === 0 ? [] : [`headers: [${fields.map((print) => print()).join(", ")}]`]),
        ];
        return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
      };
    });
  }

  #header(file: OperationsFile, wish: string, header: Header): Print {
    return this.#sharing(file, header.pointer, "header", header.name, "Parameter", (owner, shared) =>
      this.#parameters.contract(owner, shared ?? wish + pascalCase(header.name), {
        ...header,
        reader: this.#parameters.readerOf(header),
        allowEmptyValue: false,
        allowReserved: false,
        direction: "response",
      }),
    );
  }

  /** Schemas under `components` are declared once, in a shared module; any other schema where it is used. */
  #sharing(
    file: OperationsFile,
    pointer: Pointer,
    kind: "parameter" | "response" | "header",
    name: string,
    type: "Parameter" | "ResponseContract",
    contract: (owner: OperationsFile, wish: string | undefined) => Print,
  ): Print {
    const [room, , component = ""] = pointerTokens(pointer);
    if (room !== "components") return contract(file, undefined);
    const key = `${kind} ${pointer} ${name}`;
    const known = this.#shared.get(key);
    const constant = known ?? this.#uniqueName(kind + pascalCase(component));
    if (known === undefined) {
      this.#shared.set(key, constant);
      const components = this.#components;
      const print = contract(components, pascalCase(component) + pascalCase(kind));
      const library = type === "Parameter" ? "parameters" : "http";
      components.declare(() => {
        const annotation = components.use(library, `type ${type}`);
        return `export const ${constant}: ${annotation} = ${print()};`;
      });
    }
    return () => file.use("components", constant);
  }
}

/** One file that exports all of a room; none for an empty room. */
function printBarrel(room: Room, files: readonly OperationsFile[], extension: string): GeneratedFile[] {
  if (files.length === 0) return [];
  const what = room === "operations" ? "operation" : "webhook";
  const lines = [
    `/** The validators of every ${what}'s requests and responses. */`,
    ...files.map((file) => `export * from "./${file.module.path}${extension}";`),
    `export type * from "./http${extension}";`,
    `export type { HeaderLookup } from "./parameters${extension}";`,
  ];
  return [{ path: `validators/${room}.ts`, content: `${lines.join("\n")}\n` }];
}

function webhookType(file: OperationsFile, { path, method }: Operation): string {
  return `${file.type("webhooks")}[${stringLiteral(path)}][${stringLiteral(method)}]`;
}

/** The operation in `types.ts`. The engine openapi-typescript writes another name where an id has a `#`. */
function operationType(file: OperationsFile, { named, id, path, method }: Operation): string {
  if (named && !id.includes("#")) return `${file.type("operations")}[${stringLiteral(id)}]`;
  return `${file.type("paths")}[${stringLiteral(path)}][${stringLiteral(method)}]`;
}

/**
 * With its type, so that declarations need no inference. `ok…` are names of functions that schemas have; a constant of
 * such a name is exported under another's.
 */
function exported(name: string, type: string, initialiser: string): string {
  if (!/^ok[^a-z]/.test(name)) return `export const ${name}: ${type} = ${initialiser}`;
  return `const operation_${name}: ${type} = ${initialiser}\nexport { operation_${name} as ${name} };`;
}
