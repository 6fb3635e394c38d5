/** Which statuses a key of a Responses Object covers: a code wins over its class, a class over `default` (OpenAPI 3.1.1 §4.8.16). */

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type NumberIn<Text> = Text extends `${infer Value extends number}` ? Value : never;

interface Classes {
  "2XX": NumberIn<`2${Digit}${Digit}`>;
  "3XX": NumberIn<`3${Digit}${Digit}`>;
  "4XX": NumberIn<`4${Digit}${Digit}`>;
  "5XX": NumberIn<`5${Digit}${Digit}`>;
}

type Successful = Classes["2XX"];
type Unsuccessful = Classes["3XX" | "4XX" | "5XX"];

/** What the keys other than `default` cover, codes and classes. */
type Covered<Keys> = Extract<Keys, number> | Classes[Extract<Keys, keyof Classes>];

/** The statuses of the response under `Key` beside those under the other `Keys`: what a server may send. */
export type StatusOf<Key, Keys> = Key extends number
  ? Key
  : Key extends keyof Classes
    ? Exclude<Classes[Key], Extract<Keys, number>>
    : [Keys] extends [Key]
      ? number
      : Exclude<Successful | Unsuccessful, Covered<Keys>>;

/** The same where the response is a success. Under `default` alone any number, which editors show more briefly. */
export type SuccessStatusOf<Key, Keys> = Key extends "default"
  ? [Keys] extends [Key]
    ? number
    : Successful
  : StatusOf<Key, Keys>;

/** The same where the response is an error. Any number under a `default` that no other error stands beside. */
export type ErrorStatusOf<Key, Keys> = Key extends "default"
  ? [Extract<Covered<Keys>, Unsuccessful>] extends [never]
    ? number
    : Exclude<Unsuccessful, Covered<Keys>>
  : StatusOf<Key, Keys>;
