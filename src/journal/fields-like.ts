/**
 * The same header fields, made of the texts of others where they say the same; those others themselves where all do. A
 * client sends nearly the same head with every request, and the journal keeps thousands of them: what is shared is
 * neither kept twice nor moved by the collector.
 */
export function fieldsLike(fields: readonly string[], others: readonly string[] | undefined): readonly string[] {
  if (others?.length !== fields.length) return fields
  let shared: string[] | undefined
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as string
    if (field === others[i]) continue
    shared ??= others.slice()
    shared[i] = field
  }
  return shared ?? others
}
