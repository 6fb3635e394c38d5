/** Keeps the names of a document apart, whatever the document's order. */
import { greatest } from "./extremes.ts";
import { groupBy } from "./group-by.ts";
import { hashText } from "./text-hash.ts";

export interface NameRequest {
  readonly name: string;
  /** What the name is made from; no two requests have the same. */
  readonly origin: string;
  /** Who keeps a name: by default 1 where the author wrote it as it is, 0 where it is derived. */
  readonly priority?: number;
}

/**
 * A name for each request, unique without regard to case: file systems and readers do not tell `Blob` from `blob`. A name
 * that is alone stays, and so does the one of the highest priority among equals; the others end in a hash of their own origin. So no
 * name depends on the order of the requests. A name in `taken` gets a `2` first.
 */
export function distinctNames(
  requests: readonly NameRequest[],
  taken: Iterable<string> = [],
): readonly string[] {
  const reserved = new Set(Array.from(taken, (name) => name.toLowerCase()));
  const wanted = requests.map((request) => free(request, reserved));
  const equals = groupBy(wanted, ({ name }) => name.toLowerCase());
  const used = new Set([...reserved, ...equals.keys()]);
  const keepers = new Set(Array.from(equals.values(), keeper));
  return wanted.map((request) => (keepers.has(request) ? request.name : withHash(request, used)));
}

/** The one of the highest priority; none where several have it. */
function keeper(equals: readonly Required<NameRequest>[]): Required<NameRequest> | undefined {
  const highest = greatest(equals.map(({ priority }) => priority));
  const [only, ...others] = equals.filter(({ priority }) => priority === highest);
  return others.length === 0 ? only : undefined;
}

function free(request: NameRequest, reserved: ReadonlySet<string>): Required<NameRequest> {
  const { origin, priority = request.name === origin ? 1 : 0 } = request;
  let { name } = request;
  while (reserved.has(name.toLowerCase())) name += "2";
  return { name, origin, priority: name === request.name ? priority : 0 };
}

function withHash({ name, origin }: NameRequest, used: Set<string>): string {
  const hash = hashText(origin);
  let length = 4;
  while (used.has(`${name}_${hash.slice(0, length)}`.toLowerCase()) && length < hash.length) length++;
  const distinct = `${name}_${hash.slice(0, length)}`;
  used.add(distinct.toLowerCase());
  return distinct;
}
