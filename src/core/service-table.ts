/** What is said of services by name; `*` is of all that have no word of their own. */
export type ServiceTable<T> = Readonly<Record<string, T>>

export const ALL_SERVICES = '*'

/** Names come from signatures too, and are any text. */
export function ofService<T>(table: ServiceTable<T>, name: string): T | undefined {
  if (Object.hasOwn(table, name)) return table[name]
  return Object.hasOwn(table, ALL_SERVICES) ? table[ALL_SERVICES] : undefined
}
