/** What takes time to make, or to load, is made when it is first asked for; one that failed is tried again. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
