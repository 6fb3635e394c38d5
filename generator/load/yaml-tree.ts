/** Where the nodes of a YAML text stand: a tree built from js-yaml's event stream, the same parser that reads values. */
import { EVENT_ID, SCALAR_STYLE, getScalarValue, parseEvents, type Event, type ScalarEvent } from "js-yaml";
import { maxDepth } from "./limits.ts";
import type { Span } from "./positions.ts";

export interface YamlMember {
  readonly key?: Span;
  readonly node: YamlNode;
}

export class YamlNode {
  readonly start: number;
  end: number;
  readonly collection: boolean;
  /** Members of a mapping by name, items of a sequence by index. */
  readonly members = new Map<string, YamlMember>();

  constructor(start: number, end: number, collection: boolean) {
    this.start = start;
    this.end = end;
    this.collection = collection;
  }

  /** A member by name, those merged in by `<<` included. */
  member(name: string): YamlMember | undefined {
    const own = this.members.get(name);
    if (own !== undefined) return own;
    const merged = this.members.get("<<")?.node;
    if (merged === undefined) return undefined;
    // `<<` takes one mapping or a sequence of them.
    for (const source of [merged, ...[...merged.members.values()].map((item) => item.node)]) {
      const found = source.members.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** The tree of a text that js-yaml accepts. Members that are aliases lead to the node of their anchor. */
export function yamlTree(body: string): YamlNode {
  const builder = new TreeBuilder(body);
  for (const event of parseEvents(body, { maxDepth })) builder.take(event);
  return builder.root.members.get("0")?.node ?? builder.root;
}

interface OpenNode {
  readonly node: YamlNode;
  readonly mapping: boolean;
  /** The key of a mapping whose value comes next; complex keys have no name. */
  key?: { readonly span: Span; readonly name: string | undefined };
}

class TreeBuilder {
  /** Holds the documents of the stream; there is one. */
  readonly root = new YamlNode(0, 0, true);
  readonly #body: string;
  readonly #anchors = new Map<string, YamlNode>();
  readonly #open: OpenNode[] = [];

  constructor(body: string) {
    this.#body = body;
  }

  take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.#open.push({ node: this.root, mapping: false });
        break;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        const node = new YamlNode(event.start, event.start + 1, true);
        this.#remember(event, node);
        this.#open.push({ node, mapping: event.type === EVENT_ID.MAPPING });
        break;
      }
      case EVENT_ID.SCALAR:
        this.#scalar(event);
        break;
      case EVENT_ID.ALIAS: {
        const name = this.#body.slice(event.anchorStart, event.anchorEnd);
        this.#place(this.#anchors.get(name) ?? new YamlNode(event.anchorStart - 1, event.anchorEnd, false));
        break;
      }
      case EVENT_ID.POP: {
        const closed = this.#open.pop();
        if (closed !== undefined && closed.node !== this.root) this.#place(closed.node);
        break;
      }
      default:
    }
  }

  #scalar(event: ScalarEvent): void {
    const empty = event.valueStart < 0;
    const start = empty
      ? (this.#open.at(-1)?.key?.span.end ?? this.#open.at(-1)?.node.end ?? 0)
      : event.valueStart;
    // As in JSON, the quotes belong to the place.
    const quotes =
      event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
    const node = new YamlNode(start - quotes, empty ? start : event.valueEnd + quotes, false);
    this.#remember(event, node);
    this.#place(node, empty ? "" : getScalarValue(this.#body, event));
  }

  #remember(event: { anchorStart: number; anchorEnd: number }, node: YamlNode): void {
    if (event.anchorStart >= 0) this.#anchors.set(this.#body.slice(event.anchorStart, event.anchorEnd), node);
  }

  #place(node: YamlNode, scalar?: string): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) return;
    parent.node.end = Math.max(parent.node.end, node.end);
    if (!parent.mapping) {
      parent.node.members.set(String(parent.node.members.size), { node });
    } else if (parent.key === undefined) {
      parent.key = { span: { start: node.start, end: node.end }, name: scalar };
    } else {
      const { span, name } = parent.key;
      if (name !== undefined) parent.node.members.set(name, { key: span, node });
      delete parent.key;
    }
  }
}
