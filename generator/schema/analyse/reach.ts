/** Which properties of a schema follow from all that it refers to: cycles, directions, dynamic references. */
import { greatest } from "../../json/extremes.ts";
import { append } from "../../json/append.ts";
import type { JsonObject } from "../../json/json.ts";
import { ownHidden } from "./direction.ts";
import { fanOutOf } from "./fan-out.ts";
import type { Reach } from "./scope.ts";
import type { SchemaNode, SchemaStore } from "./store.ts";
import { subschemas } from "./subschemas.ts";

interface Local {
  readonly targets: readonly SchemaNode[];
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly dynamic: boolean;
  readonly fanOut: number;
}

interface Frame {
  readonly node: SchemaNode;
  readonly local: Local;
  readonly index: number;
  low: number;
  next: number;
}

const nothing: Reach = {
  cyclic: false,
  readOnly: false,
  writeOnly: false,
  dynamic: false,
  repeats: false,
  fanOut: 1,
};
const noTargets: readonly SchemaNode[] = [];
/** References without cycles may look at one value this often: remembering results has a price, too. */
const maxFanOut = 64;

/**
 * Uses Tarjan's algorithm over the graph of references, so the whole document costs linear time. Dynamic
 * references count as references to every schema that they could mean.
 */
export class ReachIndex {
  readonly #known = new Map<SchemaNode, Reach>();
  readonly #index = new Map<SchemaNode, number>();
  readonly #store: SchemaStore;

  constructor(store: SchemaStore) {
    this.#store = store;
  }

  of(node: SchemaNode): Reach {
    if (typeof node.schema === "boolean") return nothing;
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#search(node);
    return this.#known.get(node) ?? nothing;
  }

  #search(start: SchemaNode): void {
    const frames = [this.#frame(start)];
    const stack = [...frames];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const target = frame.local.targets[frame.next++];
      if (target === undefined) {
        frames.pop();
        const parent = frames.at(-1);
        if (parent !== undefined) parent.low = Math.min(parent.low, frame.low);
        if (frame.low === frame.index) this.#settle(stack.splice(stack.indexOf(frame)));
      } else if (!this.#index.has(target)) {
        const inner = this.#frame(target);
        frames.push(inner);
        stack.push(inner);
      } else if (!this.#known.has(target)) {
        frame.low = Math.min(frame.low, this.#index.get(target) ?? frame.low);
      }
    }
  }

  #frame(node: SchemaNode): Frame {
    const index = this.#index.size;
    this.#index.set(node, index);
    return { node, local: this.#scan(node), index, low: index, next: 0 };
  }

  #settle(component: readonly Frame[]): void {
    const members = new Set(component.map((frame) => frame.node));
    const outer = component.flatMap((frame) =>
      frame.local.targets
        .filter((target) => !members.has(target))
        .map((target) => this.#known.get(target) ?? nothing),
    );
    const locals = component.map((frame) => frame.local);
    const loops = component.length > 1 || component.some((frame) => frame.local.targets.includes(frame.node));
    const own = greatest(
      locals.map((local) => local.fanOut),
      1,
    );
    const fanOut =
      own *
      greatest(
        outer.map((one) => one.fanOut),
        1,
      );
    const repeats = loops ? own > 1 : fanOut > maxFanOut;
    const reach: Reach = {
      repeats,
      fanOut: repeats ? 1 : fanOut,
      cyclic: loops || outer.some((one) => one.cyclic),
      readOnly: [...locals, ...outer].some((one) => one.readOnly),
      writeOnly: [...locals, ...outer].some((one) => one.writeOnly),
      dynamic: [...locals, ...outer].some((one) => one.dynamic),
    };
    for (const frame of component) this.#known.set(frame.node, reach);
  }

  #scan(start: SchemaNode): Local {
    const targets = new Set<SchemaNode>();
    const flags = { readOnly: false, writeOnly: false, dynamic: false };
    const queue = [start];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      if (typeof node.schema === "boolean") continue;
      flags.readOnly ||= ownHidden(this.#store, node, "readOnly").length > 0;
      flags.writeOnly ||= ownHidden(this.#store, node, "writeOnly").length > 0;
      flags.dynamic ||= typeof node.schema["$dynamicRef"] === "string";
      for (const target of this.#targets(node, node.schema))
        if (typeof target.schema !== "boolean") targets.add(target);
      for (const inner of subschemas(node.schema)) {
        if (inner.tokens[0] !== "$defs") queue.push(this.#store.child(node, inner.schema, ...inner.tokens));
      }
    }
    return { targets: [...targets], ...flags, fanOut: fanOutOf(start.schema) };
  }

  #targets(node: SchemaNode, schema: JsonObject): readonly SchemaNode[] {
    const { $ref, $dynamicRef } = schema;
    if ($ref === undefined && $dynamicRef === undefined) return noTargets;
    const found = typeof $ref === "string" ? [this.#store.resolve(node, $ref)] : [];
    if (typeof $dynamicRef === "string") {
      found.push(this.#store.resolve(node, $dynamicRef));
      const anchor = $dynamicRef.slice($dynamicRef.indexOf("#") + 1);
      append(found, this.#store.dynamicTargets(anchor));
    }
    return found.filter((target) => target !== undefined);
  }
}
