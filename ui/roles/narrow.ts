import type { Part, Thing } from '../wire/roles.ts'

const holds = (words: readonly string[], text: string) => words.every((word) => text.includes(word))

/** Only the parts, things and permissions that match the words and the question. */
export function narrow<Permission extends { readonly permission: string; readonly label: string }>(
  parts: readonly Part<Permission>[],
  words: string,
  fits: (permission: Permission) => boolean = () => true,
): Part<Permission>[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
  const keep = (part: Part<Permission>, thing: Thing<Permission>) =>
    thing.permissions.filter(
      (one) => fits(one) && holds(asked, `${part.label} ${thing.label} ${one.label} ${one.permission}`.toLowerCase()),
    )
  return parts
    .map((part) => ({
      ...part,
      things: part.things
        .map((thing) => ({ ...thing, permissions: keep(part, thing) }))
        .filter(({ permissions }) => permissions.length),
    }))
    .filter(({ things }) => things.length)
}
