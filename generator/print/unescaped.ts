/** Finds what a Handlebars template prints without an escaper, in its syntax tree and not in its text. */
import Handlebars from "handlebars";

/**
 * The first expression that prints a value as it is: `{{{x}}}` and `{{&x}}` always; where only the helpers escape, every
 * `{{x}}` that calls none of them. `undefined` if there is none. Partials and decorators, which bring in other text, count.
 *
 * @param helpers absent: `{{x}}` itself escapes
 */
export function unescaped(source: string, helpers?: ReadonlySet<string>): string | undefined {
  const found: string[] = [];
  class Prints extends Handlebars.Visitor {
    override MustacheStatement(node: hbs.AST.MustacheStatement): void {
      if (!node.escaped || (helpers !== undefined && !callsOne(node, helpers))) found.push(nameOf(node.path));
      super.MustacheStatement(node);
    }
    override PartialStatement(node: hbs.AST.PartialStatement): void {
      found.push(nameOf(node.name));
    }
    override PartialBlockStatement(node: hbs.AST.PartialBlockStatement): void {
      found.push(nameOf(node.name));
    }
    override Decorator(node: hbs.AST.Decorator): void {
      found.push(nameOf(node.path));
    }
    override DecoratorBlock(node: hbs.AST.DecoratorBlock): void {
      found.push(nameOf(node.path));
    }
  }
  new Prints().accept(Handlebars.parse(source));
  return found[0];
}

/** A helper is called by its plain name, with something to escape. */
function callsOne(node: hbs.AST.MustacheStatement, helpers: ReadonlySet<string>): boolean {
  return node.params.length > 0 && helpers.has(nameOf(node.path));
}

function nameOf(node: hbs.AST.Node): string {
  return "original" in node ? String(node.original) : node.type;
}
