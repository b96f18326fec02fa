/** Plain data of its own: what a plugin changes in place is not what the service keeps. Functions stay what they are. */
export function copyOf<T>(value: T): T {
  if (Buffer.isBuffer(value)) return Buffer.from(value) as typeof value
  if (Array.isArray(value)) return value.map(copyOf) as typeof value
  if (!isPlain(value)) return value
  const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyOf(member)]))
  // Without a prototype, `__proto__` is a key like any other.
  return (Object.getPrototypeOf(value) === null ? Object.assign(Object.create(null), members) : members) as T
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
