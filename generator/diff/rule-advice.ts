/** Advice that several rules give. */

export const additive = "Nothing; raise the minor version.";
export const keep = "Keep what deployed clients rely on, or raise the major version.";
export const both = "Compare the two by eye, or make the change in two steps that can be decided.";
